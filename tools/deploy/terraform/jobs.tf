# Any command of the backfill, as its arguments; without any it says what would run. A failed one is looked at, not repeated:
# run again, it goes on where it stopped.
resource "google_cloud_run_v2_job" "backfill" {
  name                = var.names.jobs.backfill
  location            = var.region
  deletion_protection = var.deletion_protection

  template {
    template {
      service_account = local.emails.backfill
      max_retries     = 0
      timeout         = "${var.job_timeout_s}s"

      containers {
        image = var.images.backfill
        args  = ["plan"]

        resources {
          limits = { cpu = "1", memory = "2Gi" }
        }

        dynamic "env" {
          for_each = merge(local.settings, { NBA_ALERTS = var.alerts })
          content {
            name  = env.key
            value = env.value
          }
        }
      }
    }
  }

  lifecycle {
    ignore_changes = [template[0].template[0].containers[0].image, client, client_version]
  }

  depends_on = [google_bigquery_dataset_iam_member.data, google_storage_bucket_iam_member.lake]
}

# What is new or has changed this season. Run again after a failure, it goes on: what the lake has is not written again.
resource "google_cloud_run_v2_job" "fetch" {
  name                = var.names.jobs.fetch
  location            = var.region
  deletion_protection = var.deletion_protection

  template {
    template {
      service_account = local.emails.backfill
      max_retries     = 2
      timeout         = "${var.job_timeout_s}s"

      containers {
        image = var.images.backfill
        args  = ["fetch"]

        resources {
          limits = { cpu = "1", memory = "2Gi" }
        }

        dynamic "env" {
          for_each = local.settings
          content {
            name  = env.key
            value = env.value
          }
        }
      }
    }
  }

  lifecycle {
    ignore_changes = [template[0].template[0].containers[0].image, client, client_version]
  }

  depends_on = [google_bigquery_dataset_iam_member.data, google_storage_bucket_iam_member.lake]
}

# Exit 0: complete. Exit 1: gaps, and the execution counts as failed.
resource "google_cloud_run_v2_job" "verifier" {
  name                = var.names.jobs.verifier
  location            = var.region
  deletion_protection = var.deletion_protection

  template {
    template {
      service_account = local.emails.verifier
      max_retries     = 0
      timeout         = "${var.job_timeout_s}s"

      containers {
        image = var.images.verifier

        resources {
          limits = { cpu = "1", memory = "2Gi" }
        }

        dynamic "env" {
          for_each = local.settings
          content {
            name  = env.key
            value = env.value
          }
        }
      }
    }
  }

  lifecycle {
    ignore_changes = [template[0].template[0].containers[0].image, client, client_version]
  }

  depends_on = [google_bigquery_dataset_iam_member.data, google_storage_bucket_iam_member.lake]
}
