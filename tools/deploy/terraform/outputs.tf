output "handler_url" {
  description = "Address of the handler. Only callers with a token get an answer."
  value       = google_cloud_run_v2_service.handler.uri
}

output "lake" {
  description = "The lake, as --lake takes it."
  value       = "gs://${google_storage_bucket.lake.name}"
}

output "warehouse" {
  description = "The warehouse, as --warehouse takes it."
  value       = local.settings.NBA_WAREHOUSE
}

output "image_repository" {
  description = "Where images are pushed to."
  value       = "${google_artifact_registry_repository.images.location}-docker.pkg.dev/${var.project}/${google_artifact_registry_repository.images.repository_id}"
}

output "service_accounts" {
  description = "Who does what."
  value       = local.emails
}
