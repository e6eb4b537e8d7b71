#!/bin/sh
# A week of three patients, as an hourly job and a nurse see it: every change that an episode can go through.
# Each run reads the export again from its beginning, which has grown since; the state knows what was told.
# It needs toxwatch on the PATH; a name for the state, to look into it afterwards, may be given.
here=$(dirname "$0")
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT || exit 1
state=${1:-$folder/story.db}

# The job at a time, when the export has so many lines; once an archive comes after it. Shown are the first line of each
# alert, what a silence hid, and what came late.
job() {
    echo
    echo "$1: the export has $2 lines"
    { head -n "$2" "$here/feed.ndjson"; [ -z "$3" ] || cat "$here/$3"; } \
        | toxwatch run --state "$state" --roster "$here/roster.csv" --now "$1" --to text 2>&1 \
        | grep -E '^[A-Z]|silence hid|late [1-9]'
}

# What a nurse does at a time about the open episode of a patient and a concern.
nurse() {
    echo
    echo "$1: a nurse does 'alerts $2' about the $4 episode of $3"
    id=$(toxwatch alerts list --state "$state" --patient "$3" --to json | grep "\"concern\":\"$4\"" | cut -d '"' -f 4)
    toxwatch alerts "$2" "$id" --state "$state" --now "$1" --by 'A. Nurse' --note 'spoke with the patient' $5
}

job 2026-03-02T12:00:00Z 3
nurse 2026-03-02T12:05:00Z ack P-501 bowel
job 2026-03-02T13:00:00Z 3
nurse 2026-03-02T13:05:00Z ack P-502 fever_infection
job 2026-03-03T12:00:00Z 6
nurse 2026-03-03T12:10:00Z ack P-501 bowel

echo
echo "2026-03-03T12:30:00Z: P-501 is on the ward, so a nurse does 'alerts silence' for 8 hours"
toxwatch alerts silence --state "$state" --now 2026-03-03T12:30:00Z --by 'A. Nurse' \
    --patient P-501 --for 8h --reason 'on the ward'
job 2026-03-03T15:00:00Z 7
job 2026-03-04T12:00:00Z 10
nurse 2026-03-04T12:20:00Z ack P-503 liver
nurse 2026-03-04T12:30:00Z close P-501 stomach '--outcome advised'
job 2026-03-05T14:00:00Z 10
job 2026-03-08T12:00:00Z 10
job 2026-03-09T12:00:00Z 12
job 2026-03-09T13:00:00Z 12 archive.ndjson
nurse 2026-03-09T13:10:00Z close P-503 liver '--outcome acted'

echo
echo "2026-03-09T13:15:00Z: what stands open"
toxwatch alerts list --state "$state"
