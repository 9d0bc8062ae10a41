resource "google_monitoring_notification_channel" "email" {
  count = var.notification_email == "" ? 0 : 1

  display_name = "${var.names.label}: e-mail"
  type         = "email"
  labels       = { email_address = var.notification_email }
  depends_on   = [google_project_service.apis]
}

locals {
  channels           = google_monitoring_notification_channel.email[*].id
  dead_subscriptions = join(" OR ", [for one in var.names.topics : "resource.labels.subscription_id = \"${one.deadLetterSubscription}\""])
  job_names          = join(" OR ", [for job in values(var.names.jobs) : "resource.labels.job_name = \"${job}\""])
  requests           = "resource.type = \"cloud_run_revision\" AND resource.labels.service_name = \"${var.names.service}\" AND metric.type = \"run.googleapis.com/request_count\""
}

resource "google_monitoring_alert_policy" "dead_letters" {
  display_name          = var.names.alerts.deadLetters
  combiner              = "OR"
  notification_channels = local.channels

  conditions {
    display_name = "A message could not be handled"
    condition_threshold {
      filter          = "resource.type = \"pubsub_subscription\" AND metric.type = \"pubsub.googleapis.com/subscription/num_undelivered_messages\" AND (${local.dead_subscriptions})"
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "0s"
      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_MAX"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }

  documentation {
    content = "Look at it with `gcloud pubsub subscriptions pull <topic>.dead.keep --limit=10`. docs/deploy.md says how to bring it back."
  }
  depends_on = [google_pubsub_subscription.dead]
}

resource "google_monitoring_alert_policy" "job_failed" {
  display_name          = var.names.alerts.jobFailed
  combiner              = "OR"
  notification_channels = local.channels

  conditions {
    display_name = "An execution ended with a failure"
    condition_threshold {
      filter          = "resource.type = \"cloud_run_job\" AND metric.type = \"run.googleapis.com/job/completed_execution_count\" AND metric.labels.result = \"failed\" AND (${local.job_names})"
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "0s"
      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }

  documentation {
    content = "Its log says what is missing and the command that mends it; `backfill explain` says it again."
  }
  depends_on = [google_project_service.apis]
}

# 503 means "come again", and is no news: somebody else has the table, or inputs are on their way. Any other is a fault; and when
# for half an hour most answers are 503, nobody gets anywhere.
resource "google_monitoring_alert_policy" "server_errors" {
  display_name          = var.names.alerts.serverErrors
  combiner              = "OR"
  notification_channels = local.channels

  dynamic "conditions" {
    for_each = {
      "More than 5 % of the answers in ten minutes are faults"        = { of = "AND metric.labels.response_code != \"503\"", share = 0.05, window = "600s", duration = "0s" }
      "More than half of the answers of half an hour say: come again" = { of = "", share = 0.5, window = "1800s", duration = "1800s" }
    }
    content {
      display_name = conditions.key
      condition_threshold {
        filter             = trimspace("${local.requests} AND metric.labels.response_code_class = \"5xx\" ${conditions.value.of}")
        denominator_filter = local.requests
        comparison         = "COMPARISON_GT"
        threshold_value    = conditions.value.share
        duration           = conditions.value.duration
        aggregations {
          alignment_period     = conditions.value.window
          per_series_aligner   = "ALIGN_DELTA"
          cross_series_reducer = "REDUCE_SUM"
        }
        denominator_aggregations {
          alignment_period     = conditions.value.window
          per_series_aligner   = "ALIGN_DELTA"
          cross_series_reducer = "REDUCE_SUM"
        }
      }
    }
  }

  documentation {
    content = "Messages are tried again by themselves. Look at the service's log for the run id and the error code."
  }
  depends_on = [google_project_service.apis]
}

resource "google_logging_metric" "phase2" {
  name        = var.names.phase2.metric
  description = "Mornings on which the handler found or made Phase 2 complete."
  filter      = "resource.type = \"cloud_run_revision\" AND resource.labels.service_name = \"${var.names.service}\" AND httpRequest.requestUrl = \"${var.names.phase2.path}\" AND (${local.phase2_outcomes})"

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
  }
  depends_on = [google_project_service.apis]
}

locals {
  phase2_outcomes = join(" OR ", [for outcome in var.names.phase2.outcomes : "jsonPayload.outcome = \"${outcome}\""])
  # PromQL knows the time in UTC only. Summer time lasts from the second Sunday of March to the first Sunday of November;
  # on a day d of the month that is the w-th of the week (Sunday 0), d - w is the last Sunday's.
  summer_time  = "((month() > bool 3) * (month() < bool 11) + (month() == bool 3) * ((day_of_month() - day_of_week()) >= bool 8) + (month() == bool 11) * ((day_of_month() - day_of_week()) < bool 1))"
  eastern_hour = "(hour() - 5 + ${local.summer_time})"
  # Asked from 09:00 to 12:00. Six hours back from there lies the whole morning, and nothing of the day before.
  phase2_late = "(sum(increase(logging_googleapis_com:user_${var.names.phase2.metric}{monitored_resource=\"cloud_run_revision\"}[6h])) or vector(0)) < 1 and on() (${local.eastern_hour} >= 9 < 12)"
}

resource "google_monitoring_alert_policy" "phase2_late" {
  display_name          = var.names.alerts.phase2Late
  combiner              = "OR"
  notification_channels = local.channels
  # Between seasons the mornings are switched off, and so is this.
  enabled = !var.schedules_paused

  conditions {
    display_name = "No Phase 2 since the early morning"
    condition_prometheus_query_language {
      query                     = local.phase2_late
      duration                  = "300s"
      evaluation_interval       = "300s"
      disable_metric_validation = true
    }
  }

  documentation {
    content = "Was the lake filled (job ${var.names.jobs.fetch})? Then `backfill status` and `backfill explain`."
  }
  depends_on = [google_logging_metric.phase2]
}
