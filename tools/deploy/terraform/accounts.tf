# Nobody uses the default service accounts, and nobody has a key.
resource "google_service_account" "accounts" {
  for_each = var.names.accounts

  account_id   = each.value
  display_name = "NBA pipeline: ${each.key}"
  depends_on   = [google_project_service.apis]
}

locals {
  all_datasets = setunion(var.names.datasets, [var.names.stagingDataset])
  writers      = ["handler", "backfill"]
  readers      = ["verifier"]
  on_datasets = merge([for role in concat(local.writers, local.readers) : {
    for dataset in local.all_datasets : "${role} ${dataset}" => { role = role, dataset = dataset }
  }]...)
}

# Handler and backfill write rows; the verifier only reads.
resource "google_bigquery_dataset_iam_member" "data" {
  for_each = local.on_datasets

  dataset_id = each.value.dataset
  role       = contains(local.writers, each.value.role) ? "roles/bigquery.dataEditor" : "roles/bigquery.dataViewer"
  member     = local.members[each.value.role]
  depends_on = [google_bigquery_dataset.data, google_bigquery_dataset.staging]
}

resource "google_project_iam_member" "run_queries" {
  for_each = toset(concat(local.writers, local.readers))

  project = var.project
  role    = "roles/bigquery.jobUser"
  member  = local.members[each.value]
}

resource "google_storage_bucket_iam_member" "lake" {
  for_each = toset(concat(local.writers, local.readers))

  bucket = google_storage_bucket.lake.name
  role   = contains(local.writers, each.value) ? "roles/storage.objectUser" : "roles/storage.objectViewer"
  member = local.members[each.value]
}

resource "google_pubsub_topic_iam_member" "publish" {
  for_each = { for pair in setproduct(local.writers, keys(local.topics)) : "${pair[0]} ${pair[1]}" => { role = pair[0], topic = pair[1] } }

  topic  = google_pubsub_topic.completions[each.value.topic].id
  role   = "roles/pubsub.publisher"
  member = local.members[each.value.role]
}

# Long work is handed to the job, with the command as its arguments: that is an override.
resource "google_cloud_run_v2_job_iam_member" "handler_runs_backfill" {
  name     = google_cloud_run_v2_job.backfill.name
  location = var.region
  role     = "roles/run.jobsExecutorWithOverrides"
  member   = local.members.handler
}

# Before it starts one it looks whether one is running for the same events.
resource "google_cloud_run_v2_job_iam_member" "handler_sees_backfill" {
  name     = google_cloud_run_v2_job.backfill.name
  location = var.region
  role     = "roles/run.viewer"
  member   = local.members.handler
}

resource "google_cloud_run_v2_job_iam_member" "scheduler_runs_fetch" {
  name     = google_cloud_run_v2_job.fetch.name
  location = var.region
  role     = "roles/run.invoker"
  member   = local.members.scheduler
}

resource "google_service_account_iam_member" "push_tokens" {
  service_account_id = google_service_account.accounts["push"].name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = local.pubsub_agent
}

resource "google_pubsub_topic_iam_member" "dead_letters" {
  for_each = local.topics

  topic  = google_pubsub_topic.dead[each.key].id
  role   = "roles/pubsub.publisher"
  member = local.pubsub_agent
}

resource "google_pubsub_subscription_iam_member" "dead_letters" {
  for_each = local.topics

  subscription = google_pubsub_subscription.handler[each.key].id
  role         = "roles/pubsub.subscriber"
  member       = local.pubsub_agent
}
