# Documents are never changed, and leases are objects beside them: versions are what is left of a mistake.
resource "google_storage_bucket" "lake" {
  name                        = local.bucket
  location                    = var.location
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = !var.deletion_protection

  versioning {
    enabled = true
  }

  lifecycle_rule {
    condition {
      with_state                 = "ARCHIVED"
      days_since_noncurrent_time = 90
    }
    action {
      type = "Delete"
    }
  }

  # Leases are rewritten all day long, and large loads wait here for minutes; yesterday's versions are of no use to anybody.
  lifecycle_rule {
    condition {
      with_state                 = "ARCHIVED"
      days_since_noncurrent_time = 1
      matches_prefix             = [var.names.leasePrefix, "${var.names.stagingDataset}/"]
    }
    action {
      type = "Delete"
    }
  }

  depends_on = [google_project_service.apis]
}
