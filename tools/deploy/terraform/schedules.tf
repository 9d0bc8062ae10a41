# In the league's own time: 06:00 is after the last game in the West, in summer as in winter.
resource "google_cloud_scheduler_job" "schedules" {
  for_each = local.schedules

  name             = each.value.name
  region           = var.region
  description      = each.value.description
  schedule         = each.value.cron
  time_zone        = var.names.timeZone
  paused           = var.schedules_paused
  attempt_deadline = each.value.job == null ? "600s" : "60s"

  retry_config {
    retry_count          = 3
    min_backoff_duration = "60s"
    max_backoff_duration = "600s"
  }

  http_target {
    http_method = "POST"
    uri = each.value.job == null ? "${google_cloud_run_v2_service.handler.uri}${each.value.path}" : (
      "https://run.googleapis.com/v2/projects/${var.project}/locations/${var.region}/jobs/${each.value.job}:run"
    )
    headers = { "Content-Type" = "application/json" }
    body    = base64encode("{}")

    # Our own service takes a token about who calls; Google's interface takes one that grants access.
    dynamic "oidc_token" {
      for_each = each.value.job == null ? [local.audience] : []
      content {
        service_account_email = local.emails.scheduler
        audience              = oidc_token.value
      }
    }
    dynamic "oauth_token" {
      for_each = each.value.job == null ? [] : [local.emails.scheduler]
      content {
        service_account_email = oauth_token.value
      }
    }
  }

  depends_on = [google_cloud_run_v2_job_iam_member.scheduler_runs_fetch]
}
