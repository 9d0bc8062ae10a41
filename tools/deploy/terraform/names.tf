# The value is names.auto.tfvars.json, written by `deploy names --json` from the names in the code.
variable "names" {
  description = "Every name in the cloud, as the code has it. Never set by hand."
  type = object({
    timeZone       = string
    service        = string
    jobs           = object({ backfill = string, fetch = string, verifier = string })
    images         = object({ handler = string, backfill = string, verifier = string })
    repository     = string
    accounts       = object({ handler = string, backfill = string, verifier = string, scheduler = string, push = string })
    bucketSuffix   = string
    leasePrefix    = string
    datasets       = list(string)
    stagingDataset = string
    health         = object({ alive = string, ready = string })
    phase2         = object({ path = string, outcomes = list(string), metric = string })
    alerts         = object({ deadLetters = string, jobFailed = string, serverErrors = string, phase2Late = string })
    label          = string
    topics = list(object({
      topic                  = string
      subscription           = string
      path                   = string
      deadLetterTopic        = string
      deadLetterSubscription = string
    }))
    schedules = list(object({
      name        = string
      cron        = string
      path        = optional(string)
      job         = optional(string)
      description = string
    }))
  })
}

locals {
  bucket    = "${var.project}-${var.names.bucketSuffix}"
  topics    = { for one in var.names.topics : one.topic => one }
  schedules = { for one in var.names.schedules : one.name => one }
  # The service's own address cannot stand in its own environment: tokens are made out to a name instead.
  audience = var.names.service
  emails   = { for role, account in google_service_account.accounts : role => account.email }
  members  = { for role, email in local.emails : role => "serviceAccount:${email}" }
  # Google's own account that delivers messages for the project.
  pubsub_agent = "serviceAccount:service-${data.google_project.this.number}@gcp-sa-pubsub.iam.gserviceaccount.com"

  settings = {
    NBA_WAREHOUSE = "bigquery:${var.project}/${var.location}"
    NBA_LAKE      = "gs://${local.bucket}"
    NBA_EVENTS    = "pubsub:${var.project}"
  }
}
