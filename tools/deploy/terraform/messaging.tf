resource "google_pubsub_topic" "completions" {
  for_each = local.topics

  name = each.value.topic
  # Messages of one game date are delivered in order only if they are kept in one place.
  message_storage_policy {
    allowed_persistence_regions = [var.region]
  }

  depends_on = [google_project_service.apis]
}

resource "google_pubsub_topic" "dead" {
  for_each = local.topics

  name       = each.value.deadLetterTopic
  depends_on = [google_project_service.apis]
}

resource "google_pubsub_subscription" "handler" {
  for_each = local.topics

  name                    = each.value.subscription
  topic                   = google_pubsub_topic.completions[each.key].id
  enable_message_ordering = true
  # The longest there is; what takes longer is handed to the backfill job.
  ack_deadline_seconds = 600
  # Seven days: a broken handler is mended within that.
  message_retention_duration = "604800s"

  expiration_policy {
    ttl = ""
  }

  push_config {
    push_endpoint = "${google_cloud_run_v2_service.handler.uri}${each.value.path}"
    oidc_token {
      service_account_email = local.emails.push
      audience              = local.audience
    }
  }

  retry_policy {
    minimum_backoff = "10s"
    maximum_backoff = "600s"
  }

  dead_letter_policy {
    dead_letter_topic     = google_pubsub_topic.dead[each.key].id
    max_delivery_attempts = var.max_delivery_attempts
  }

  # Without these rights a message that nobody can handle is tried for ever instead.
  depends_on = [google_pubsub_topic_iam_member.dead_letters]
}

resource "google_pubsub_subscription" "dead" {
  for_each = local.topics

  name                 = each.value.deadLetterSubscription
  topic                = google_pubsub_topic.dead[each.key].id
  ack_deadline_seconds = 60
  # 31 days, the longest there is.
  message_retention_duration = "2678400s"

  expiration_policy {
    ttl = ""
  }
}
