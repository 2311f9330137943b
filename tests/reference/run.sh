#!/bin/sh
# Rewrites every expected.json. Needs R with jsonlite, sandwich, survival, AER and clubSandwich; the tests themselves need no R.
set -eu
cd "$(dirname "$0")"
for script in */reference.R; do
    echo "$script"
    (cd "$(dirname "$script")" && Rscript reference.R)
done
