resource "google_cloud_run_v2_service" "handler" {
  name     = var.names.service
  location = var.region
  # Pub/Sub and Cloud Scheduler of the same project count as internal.
  ingress          = "INGRESS_TRAFFIC_INTERNAL_ONLY"
  custom_audiences = [local.audience]
  # The handler checks every token itself, and by more than Cloud Run would. With both, Cloud Run removes the signature of a token
  # that it has checked, and the handler could check nothing.
  invoker_iam_disabled = true
  deletion_protection  = var.deletion_protection

  template {
    service_account                  = local.emails.handler
    max_instance_request_concurrency = var.concurrency
    # As long as a push subscription waits for an answer.
    timeout = "600s"

    scaling {
      min_instance_count = var.min_instances
      max_instance_count = var.max_instances
    }

    containers {
      image = var.images.handler

      resources {
        limits = { cpu = "1", memory = "1Gi" }
        # Nothing is left to do when a request is answered.
        cpu_idle          = true
        startup_cpu_boost = true
      }

      dynamic "env" {
        for_each = merge(local.settings, {
          GOOGLE_CLOUD_PROJECT   = var.project
          NBA_AUDIENCE           = local.audience
          NBA_PUSH_ACCOUNTS      = local.emails.push
          NBA_SCHEDULER_ACCOUNTS = local.emails.scheduler
          NBA_JOB                = google_cloud_run_v2_job.backfill.id
          NBA_ALERTS             = var.alerts
        })
        content {
          name  = env.key
          value = env.value
        }
      }

      startup_probe {
        # It asks the warehouse, and gives that four seconds.
        period_seconds    = 5
        failure_threshold = 12
        timeout_seconds   = 5
        http_get {
          path = var.names.health.ready
        }
      }

      liveness_probe {
        period_seconds    = 30
        failure_threshold = 3
        timeout_seconds   = 5
        http_get {
          path = var.names.health.alive
        }
      }
    }
  }

  # `nx affected -t deploy` puts new images in place.
  lifecycle {
    ignore_changes = [template[0].containers[0].image, client, client_version]
  }

  depends_on = [google_bigquery_dataset_iam_member.data, google_storage_bucket_iam_member.lake]
}
