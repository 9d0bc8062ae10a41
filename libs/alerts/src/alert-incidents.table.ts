import { column, defineTable } from '@nba/kernel';

const { date, integer, text, timestamp } = column;

/** Incidents over time; append-only. The row of an incident with the highest sequence is its state. */
export const alertIncidents = defineTable({
  dataset: 'nba_reference',
  name: 'alert_incidents',
  description: 'What has been wrong, one incident per root cause, and who has been told; append-only.',
  key: ['incident', 'sequence', 'recorded_at'],
  partition: 'recorded_on',
  columns: {
    incident: text('The root cause, as in NbacPlayerBoxscoreProcessor DOCUMENT_MISSING'),
    sequence: integer('Raised by every report that wrote a row: the highest of an incident is its state, whatever the clock said'),
    status: text('open or resolved'),
    opened_at: timestamp('When it was first seen; anew when it came back after it had been resolved'),
    resolved_at: timestamp('When it was found gone; NULL while it is open'),
    recorded_at: timestamp('When this row was written'),
    recorded_on: date('The day of recorded_at in US Eastern time'),
    title: text('The root cause in one line'),
    root_dates: text('Every date on which the root has been wrong since opened_at, comma-separated, in the order in which they came to light'),
    root_date_count: integer('On how many of them it is wrong now'),
    held_up_units: integer('Units that wait for it now'),
    held_up_most: text('The most that has waited at one time: Processor:units;Processor:units'),
    resolution: text('The command that mends it'),
    delivered_to: text('Channels that have been told all of this, comma-separated'),
    undelivered: text('Channels that have not, as JSON by name: status (what it knows: nothing or open), dates (how many root dates it knows of), error; NULL when there is none'),
  },
});
