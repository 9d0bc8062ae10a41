# What a plan of an empty project holds, with the provider mocked: `terraform init -backend=false && terraform test`.
mock_provider "google" {
  mock_data "google_project" {
    defaults = { number = "123456789012" }
  }
}

variables {
  project            = "some-project"
  images             = { handler = "image/handler:1", backfill = "image/backfill:1", verifier = "image/verifier:1" }
  notification_email = "someone@example.com"
}

run "everything" {
  command = apply

  assert {
    condition     = length(google_pubsub_subscription.handler) == 4 && alltrue([for one in google_pubsub_subscription.handler : one.enable_message_ordering && one.ack_deadline_seconds == 600])
    error_message = "Each topic is pushed to the handler, in order, with the longest deadline."
  }

  assert {
    condition     = alltrue([for topic, one in google_pubsub_subscription.handler : one.dead_letter_policy[0].dead_letter_topic == google_pubsub_topic.dead[topic].id])
    error_message = "What cannot be handled goes to its own dead letters."
  }

  assert {
    condition     = alltrue([for topic, one in google_pubsub_subscription.handler : endswith(one.push_config[0].push_endpoint, "/events/${topic}") && one.push_config[0].oidc_token[0].audience == "nba-handler"])
    error_message = "Each topic has an address of its own, and its messages come with a token."
  }

  assert {
    condition     = alltrue([for one in google_bigquery_dataset.data : one.default_partition_expiration_ms == null || one.default_partition_expiration_ms == 0])
    error_message = "Partitions never expire."
  }

  assert {
    condition     = google_storage_bucket.lake.name == "some-project-nba-lake" && google_storage_bucket.lake.public_access_prevention == "enforced" && google_storage_bucket.lake.versioning[0].enabled
    error_message = "The lake is private and keeps versions."
  }

  assert {
    condition     = alltrue([for one in google_cloud_scheduler_job.schedules : one.time_zone == "America/New_York" && one.paused])
    error_message = "Mornings are the league's, and switched off until somebody switches them on."
  }

  assert {
    condition     = length(google_cloud_scheduler_job.schedules["nba-morning-fetch"].http_target[0].oauth_token) == 1 && length(google_cloud_scheduler_job.schedules["nba-phase2"].http_target[0].oidc_token) == 1
    error_message = "Google's interface takes an access token, the handler an identity token."
  }

  assert {
    condition     = alltrue([for key, one in google_bigquery_dataset_iam_member.data : one.role == (startswith(key, "verifier ") ? "roles/bigquery.dataViewer" : "roles/bigquery.dataEditor")])
    error_message = "The verifier only reads."
  }
}

run "a_wrong_project" {
  command = plan

  variables {
    project = "Some Project"
  }

  expect_failures = [var.project]
}
