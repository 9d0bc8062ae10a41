variable "project" {
  description = "The Google Cloud project's id."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project))
    error_message = "A project id has 6 to 30 lower-case letters, digits and hyphens, and begins with a letter."
  }
}

variable "region" {
  description = "Where service, jobs, schedules and images are."
  type        = string
  default     = "us-east1"

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.region))
    error_message = "A region is written as us-east1."
  }
}

variable "location" {
  description = "Where datasets and lake are: a region, or US or EU. Neither can be moved afterwards, and load jobs want both in one place."
  type        = string
  default     = "us-east1"

  validation {
    condition     = can(regex("^(US|EU|[a-z]+-[a-z]+[0-9]+)$", var.location))
    error_message = "A location is US, EU, or a region as us-east1."
  }
}

variable "images" {
  description = "The first image of each app, with its tag: `deploy images` writes them. Later ones are put in place by `nx affected -t deploy`; Terraform leaves them alone."
  type        = object({ handler = string, backfill = string, verifier = string })

  validation {
    condition     = alltrue([for image in values(var.images) : can(regex("[:@]", image))])
    error_message = "Every image has a tag or a digest."
  }
}

variable "notification_email" {
  description = "Who is told of alerts. Empty: alerts are only shown in the console."
  type        = string
  default     = ""

  validation {
    condition     = var.notification_email == "" || can(regex("^[^@ ]+@[^@ ]+$", var.notification_email))
    error_message = "An e-mail address, or nothing."
  }
}

variable "alerts" {
  description = "Where the pipeline's own incidents are told, one for each root cause: log, webhook:<url>, slack:<url>, several with commas. Who may see the service may read it."
  type        = string
  default     = "log"

  validation {
    condition     = alltrue([for one in split(",", var.alerts) : can(regex("^(log|(webhook|slack):https://[^ ]+)$", one))])
    error_message = "log, webhook:https://… or slack:https://…, several with commas."
  }
}

variable "schedules_paused" {
  description = "True until the first backfill is done, and between seasons: then nothing runs by the clock and nobody is called for a late Phase 2."
  type        = bool
  default     = true
}

variable "min_instances" {
  description = "Instances of the handler that are kept warm. 0 costs nothing while nothing comes."
  type        = number
  default     = 0

  validation {
    condition     = var.min_instances >= 0 && var.min_instances <= 10
    error_message = "0 to 10 instances."
  }
}

variable "max_instances" {
  description = "Most instances of the handler. Tables are written one at a time (leases), so that more would only wait."
  type        = number
  default     = 4

  validation {
    condition     = var.max_instances >= 1 && var.max_instances <= 100
    error_message = "1 to 100 instances."
  }
}

variable "concurrency" {
  description = "Requests that an instance of the handler takes at a time. Its work is waiting for BigQuery."
  type        = number
  default     = 20

  validation {
    condition     = var.concurrency >= 1 && var.concurrency <= 1000
    error_message = "1 to 1000 requests."
  }
}

variable "max_delivery_attempts" {
  description = "Tries of a message before it goes to the dead letters. With waits of up to 10 minutes, 20 tries are some two hours."
  type        = number
  default     = 20

  validation {
    condition     = var.max_delivery_attempts >= 5 && var.max_delivery_attempts <= 100
    error_message = "Pub/Sub allows 5 to 100 attempts."
  }
}

variable "job_timeout_s" {
  description = "Longest time of one job, in seconds."
  type        = number
  default     = 14400

  validation {
    condition     = var.job_timeout_s >= 60 && var.job_timeout_s <= 86400
    error_message = "60 seconds to a day."
  }
}

variable "deletion_protection" {
  description = "Whether Terraform refuses to destroy the service, the jobs, the lake and datasets that hold tables."
  type        = bool
  default     = true
}
