import { randomUUID } from 'node:crypto';
import { Storage } from '@google-cloud/storage';
import { warehouseContract } from '@nba/testing';
import { openBigQueryWarehouse } from './open-bigquery-warehouse';

const bigQuery = process.env['BIGQUERY_EMULATOR_HOST'];
const storage = process.env['STORAGE_EMULATOR_HOST'];
/** The emulator rounds halves to the even number, BigQuery away from zero. The pipeline's own SQL casts no halves. */
const ROUNDED_TO_EVEN = ['CAST(0.5 AS INT64)', 'CAST(2.5 AS INT64)', 'CAST(-0.5 AS INT64)'];

if (bigQuery && storage) {
  jest.setTimeout(60_000);
  warehouseContract('BigQueryWarehouse on the emulators', async (clock) => {
    // A project of its own, so that the emulator is empty however often it has been used.
    const project = `nba-${randomUUID().slice(0, 8)}`;
    const bucket = `${project}-nba-lake`;
    const client = new Storage({ projectId: project, apiEndpoint: storage });
    client.baseUrl = `${client.apiEndpoint}/storage/v1`;
    await client.createBucket(bucket);
    return openBigQueryWarehouse({ project, clock, bucket, apiEndpoint: bigQuery, storageEndpoint: storage });
  }, ROUNDED_TO_EVEN);
} else {
  it.skip('BigQueryWarehouse keeps the Warehouse contract: needs BIGQUERY_EMULATOR_HOST and STORAGE_EMULATOR_HOST (npm run emulated)', () => undefined);
}
