import { ArrayNotEmpty, IsEmail, IsInt, IsNotEmpty, IsOptional, Matches, Max, Min, Validate, type ValidationArguments, ValidatorConstraint, type ValidatorConstraintInterface } from 'class-validator';
import { Configuration, findWrongSettings } from '@nba/command-line';
import { NbaError } from '@nba/kernel';
import { CERTIFICATES_URL_RULE, isSafeCertificatesUrl } from './identity/certificate-source';

type Environment = Readonly<Record<string, string | undefined>>;

/** Certificates of one's own are for tests: on Cloud Run whoever may set them could let anybody in without its being seen. */
@ValidatorConstraint({ name: 'certificatesUrl' })
class CertificatesUrl implements ValidatorConstraintInterface {
  validate(url: unknown, { object }: ValidationArguments): boolean {
    return typeof url === 'string' && isSafeCertificatesUrl(url) && (object as HandlerConfiguration).service === undefined;
  }
}

/** On Cloud Run a file dies with the instance, and an event that stays in the process with it. */
@ValidatorConstraint({ name: 'places' })
class DurablePlaces implements ValidatorConstraintInterface {
  validate(places: Configuration, { object }: ValidationArguments): boolean {
    if ((object as HandlerConfiguration).service === undefined || findWrongSettings(places).length > 0) return true;
    return places.warehousePlace.kind === 'bigquery' && places.lakePlace.kind === 'cloud-storage' && places.eventsPlace.kind === 'pubsub';
  }
}

/** How the service is set up: by environment only, and all of it checked before anything is opened. */
export class HandlerConfiguration {
  @Validate(DurablePlaces, { message: 'on Cloud Run (K_SERVICE is set) NBA_WAREHOUSE must be bigquery:…, NBA_LAKE gs://… and NBA_EVENTS pubsub:…: everything else ends with the instance' })
  readonly places: Configuration;

  /** For whom a token must be made out. */
  @IsNotEmpty({ message: 'NBA_AUDIENCE must be the audience of the push subscriptions and scheduler jobs: the URL of this service' })
  readonly audience: string;

  /** Who may deliver events, and who may start the parts of the day. */
  @ArrayNotEmpty({ message: 'NBA_PUSH_ACCOUNTS must name the service account of the push subscriptions, several with commas' })
  @IsEmail({}, { each: true, message: 'NBA_PUSH_ACCOUNTS must hold e-mail addresses of service accounts, with commas' })
  readonly pushAccounts: readonly string[];

  @ArrayNotEmpty({ message: 'NBA_SCHEDULER_ACCOUNTS must name the service account of the scheduler jobs, several with commas' })
  @IsEmail({}, { each: true, message: 'NBA_SCHEDULER_ACCOUNTS must hold e-mail addresses of service accounts, with commas' })
  readonly schedulerAccounts: readonly string[];

  /** The Cloud Run job that is given what is too long for a request. */
  @IsOptional()
  @Matches(/^projects\/[^/\s]+\/locations\/[^/\s]+\/jobs\/[^/\s]+$/, { message: 'NBA_JOB must be projects/<project>/locations/<location>/jobs/<job>' })
  readonly job: string | undefined;

  /** Most units that are run within a request; what is more goes to the job. */
  @IsInt({ message: 'NBA_MAX_UNITS must be a whole number from 1' })
  @Min(1, { message: 'NBA_MAX_UNITS must be a whole number from 1' })
  readonly maxUnits: number;

  /** How long a request may take in all, in milliseconds: below the time limits of Cloud Run and of Pub/Sub's acknowledgement (600 s). */
  @Min(1_000, { message: 'NBA_DEADLINE_SECONDS must be a number from 1 to 570' })
  @Max(570_000, { message: 'NBA_DEADLINE_SECONDS must be a number from 1 to 570' })
  readonly deadlineMs: number;

  @IsInt({ message: 'NBA_MAX_BODY_BYTES must be a whole number from 1' })
  @Min(1, { message: 'NBA_MAX_BODY_BYTES must be a whole number from 1' })
  readonly maxBodyBytes: number;

  @IsInt({ message: 'PORT must be a port' })
  @Min(0, { message: 'PORT must be a port' })
  @Max(65_535, { message: 'PORT must be a port' })
  readonly port: number;

  /** Where issuers' certificates are instead of at Google's. */
  @IsOptional()
  @Validate(CertificatesUrl, { message: `NBA_OIDC_CERTS_URL ${CERTIFICATES_URL_RULE}, and must not be set on Cloud Run (K_SERVICE is set): there only Google's certificates count` })
  readonly certificatesUrl: string | undefined;

  readonly alerts: string;
  /** Set on Cloud Run: the name of the service. */
  readonly service: string | undefined;
  /** In which traces are; empty when nobody says. */
  readonly project: string;

  constructor(environment: Environment) {
    this.places = new Configuration({}, environment);
    this.audience = environment['NBA_AUDIENCE'] ?? '';
    this.pushAccounts = listed(environment['NBA_PUSH_ACCOUNTS']);
    this.schedulerAccounts = listed(environment['NBA_SCHEDULER_ACCOUNTS']);
    this.job = environment['NBA_JOB'] || undefined;
    this.maxUnits = Number(environment['NBA_MAX_UNITS'] ?? 500);
    this.deadlineMs = Number(environment['NBA_DEADLINE_SECONDS'] ?? 270) * 1000;
    this.maxBodyBytes = Number(environment['NBA_MAX_BODY_BYTES'] ?? 1_048_576);
    this.port = Number(environment['PORT'] ?? 8080);
    this.certificatesUrl = environment['NBA_OIDC_CERTS_URL'] || undefined;
    this.alerts = environment['NBA_ALERTS'] ?? 'log';
    this.service = environment['K_SERVICE'] || undefined;
    this.project = environment['GOOGLE_CLOUD_PROJECT'] ?? /^projects\/([^/]+)/.exec(this.job ?? '')?.[1] ?? '';
  }
}

const listed = (text: string | undefined): string[] => (text ?? '').split(',').map((one) => one.trim()).filter(Boolean);

/** @throws NbaError INVALID_ARGUMENT naming every setting that is wrong */
export function readHandlerConfiguration(environment: Environment): HandlerConfiguration {
  const configuration = new HandlerConfiguration(environment);
  const wrong = [...new Set([...findWrongSettings(configuration.places), ...findWrongSettings(configuration)])];
  if (wrong.length > 0) throw new NbaError('INVALID_ARGUMENT', `${wrong.join('; ')}.`);
  return configuration;
}
