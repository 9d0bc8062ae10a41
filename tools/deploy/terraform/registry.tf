resource "google_artifact_registry_repository" "images" {
  repository_id = var.names.repository
  location      = var.region
  format        = "DOCKER"
  description   = "Images of the handler, the backfill and the verifier."

  # What a rollback needs is kept, the rest goes.
  cleanup_policies {
    id     = "keep-recent"
    action = "KEEP"
    most_recent_versions {
      keep_count = 10
    }
  }
  cleanup_policies {
    id     = "delete-old"
    action = "DELETE"
    condition {
      older_than = "2592000s"
    }
  }

  depends_on = [google_project_service.apis]
}
