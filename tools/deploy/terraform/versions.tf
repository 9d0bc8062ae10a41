terraform {
  required_version = ">= 1.9"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = ">= 6.50, < 8"
    }
  }

  # Its bucket is made by hand, before anything else, and named at `terraform init -backend-config=bucket=…`.
  backend "gcs" {
    prefix = "terraform"
  }
}

provider "google" {
  project        = var.project
  region         = var.region
  default_labels = { app = var.names.label }
}

data "google_project" "this" {}
