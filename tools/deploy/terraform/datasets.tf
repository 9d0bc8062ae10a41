# The tables are made by the program, from the definitions that it checks them against.
resource "google_bigquery_dataset" "data" {
  for_each = toset(var.names.datasets)

  dataset_id                 = each.value
  location                   = var.location
  description                = "Tables of the NBA pipeline; a partition is a game date and never expires."
  delete_contents_on_destroy = !var.deletion_protection
  # No default expiration of tables or partitions: a season that vanishes after 60 days has happened before.

  depends_on = [google_project_service.apis]
}

resource "google_bigquery_dataset" "staging" {
  dataset_id                 = var.names.stagingDataset
  location                   = var.location
  description                = "Rows on their way into a partition. What a killed run leaves here is gone after a day."
  delete_contents_on_destroy = true
  # A day in milliseconds.
  default_table_expiration_ms = 86400000

  depends_on = [google_project_service.apis]
}
