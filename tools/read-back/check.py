"""Reads a folder of exports with DuckDB, pandas and pyarrow and compares what each sees.

Usage: check.py FOLDER, with the files of `detente code … --format jsonl,csv,parquet,gdelt,plover,flat,cameo -o FOLDER/`.
Prints a line for each check; ends with 1 where one fails.
"""

import json
import sys
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

TABLES = ["events", "statements", "commitments", "issues"]
GDELT = (
    ["GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"]
    + [
        f"Actor{n}{part}"
        for n in (1, 2)
        for part in ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code",
                     "Type1Code", "Type2Code", "Type3Code")
    ]
    + ["IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
       "NumSources", "NumArticles", "AvgTone"]
    + [
        f"{who}Geo_{part}"
        for who in ("Actor1", "Actor2", "Action")
        for part in ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
    ]
    + ["DATEADDED", "SOURCEURL"]
)

failed = 0


def check(what, holds, seen=""):
    global failed
    failed += not holds
    print("ok  " if holds else "FAIL", what, seen)


def records(folder):
    with open(folder / "records.jsonl", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def dyads(event):
    """How many directed pairs a table has of an event: docs/exports.md, "One event, several rows"."""
    key = lambda actor: (actor.get("code"), actor.get("sector"))
    actors, recipients = event["actors"], event["recipients"]
    if event["reciprocal"]:
        pairs = [(i, j) for i, a in enumerate(actors) for j, b in enumerate(actors) if i != j and key(a) != key(b)]
        return len(pairs) or 1
    return max(len(actors), 1) * max(len(recipients), 1)


def tables(folder, kept):
    expected = {
        "events": sum(dyads(event) for record in kept for event in record["events"]),
        "statements": sum(len(record["statements"]) for record in kept),
        "commitments": sum(len(c["mentions"]) for record in kept for c in record["commitments"]),
        "issues": sum(len(record["issues"]) for record in kept),
    }
    for name in TABLES:
        parquet, csv = folder / f"{name}.parquet", folder / f"{name}.csv"
        arrow = pq.read_table(parquet)
        frame = pd.read_parquet(parquet)
        text = pd.read_csv(csv, dtype=str, keep_default_na=False)
        duck = duckdb.sql(f"SELECT count(*) FROM '{parquet}'").fetchall()[0][0]
        duck_csv = duckdb.sql(f"SELECT count(*) FROM read_csv('{csv}', all_varchar = true)").fetchall()[0][0]
        rows = {arrow.num_rows, len(frame), len(text), duck, duck_csv, expected[name]}
        check(f"{name}: as many rows in each program and in the records", len(rows) == 1, rows)
        check(f"{name}: the columns of CSV and Parquet are the same", list(text.columns) == arrow.schema.names)
        differ = [c for c in text.columns if list(text[c]) != [written(v) for v in arrow[c].to_pylist()]]
        check(f"{name}: every cell of CSV is that of Parquet", not differ, differ or "")
    schema = pq.read_schema(folder / "events.parquet")
    kinds = {"score": pa.float64(), "sentence": pa.int64(), "background": pa.bool_(), "first_day": pa.date32(), "cameo": pa.string()}
    check("events: typed columns", all(schema.field(name).type == kind for name, kind in kinds.items()))
    check("events: CAMEO codes keep their zeros",
          duckdb.sql(f"SELECT bool_and(length(cameo) >= 2) FROM '{folder}/events.parquet' WHERE cameo IS NOT NULL").fetchall()[0][0])
    day = duckdb.sql(f"SELECT typeof(first_day), max(last_day - first_day) >= 0 FROM '{folder}/events.parquet' GROUP BY 1").fetchall()[0]
    check("events: days are dates in DuckDB", day is not None and day[0] == "DATE" and day[1] is not False, day)


def written(value):
    """A value of Parquet as CSV has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(int(value)) if value == int(value) else repr(value)
    return str(value)


def gdelt(folder, kept):
    path = folder / "events.gdelt.tsv"
    numbers = {"GLOBALEVENTID": "int64", "SQLDATE": "Int64", "Year": "Int64", "IsRootEvent": "int64", "QuadClass": "int64",
               "GoldsteinScale": "float64", "NumMentions": "int64", "AvgTone": "float64", "ActionGeo_Type": "int64",
               "ActionGeo_Lat": "float64", "ActionGeo_Long": "float64", "DATEADDED": "Int64"}
    codes = {name: "string" for name in GDELT if name not in numbers}
    frame = pd.read_csv(path, sep="\t", names=GDELT, dtype={**numbers, **codes}, quoting=3)
    told = [e for r in kept for e in r["events"] if e.get("cameo") and e["status"] in ("actual", "planned")]
    check("gdelt: 61 columns", len(GDELT) == 61 and all(line.count("\t") == 60 for line in path.open(encoding="utf-8")))
    check("gdelt: a line for each pair of what came about or is planned", len(frame) == sum(map(dyads, told)), len(frame))
    check("gdelt: identifiers are single", frame.GLOBALEVENTID.is_unique)
    check("gdelt: roots and base codes", (frame.EventRootCode == frame.EventCode.str[:2]).all()
          and (frame.EventBaseCode == frame.EventCode.str[:3]).all())
    check("gdelt: quad classes 1 to 4", frame.QuadClass.isin([1, 2, 3, 4]).all())
    check("gdelt: Goldstein from -10 to 10", frame.GoldsteinScale.between(-10, 10).all())
    day = pd.to_datetime(frame.SQLDATE.astype("string"), format="%Y%m%d")
    check("gdelt: days are days", day.isna().equals(frame.SQLDATE.isna()))
    here = frame[frame.ActionGeo_Type != 0]
    check("gdelt: places have a FIPS code", (here.ActionGeo_CountryCode.str.len() == 2).mean() > 0.95, f"{len(here)} places")
    duck = duckdb.read_csv(str(path), sep="\t", header=False, names=GDELT, all_varchar=True, quotechar="")
    check("gdelt: DuckDB sees as many", duck.aggregate("count(*)").fetchall()[0][0] == len(frame))


def lines(folder, kept):
    plover = pd.read_json(folder / "events.plover.jsonl", lines=True, dtype=False)
    told = [e for r in kept for e in r["events"] if e["status"] != "denied"]
    check("plover: a line for each pair that was not denied", len(plover) == sum(map(dyads, told)), len(plover))
    check("plover: identifiers are single", plover["Event ID"].is_unique)
    check("plover: DuckDB sees as many",
          duckdb.sql(f"SELECT count(*) FROM read_json('{folder}/events.plover.jsonl', format='newline_delimited')").fetchall()[0][0] == len(plover))
    flat = duckdb.sql(f"SELECT count(*), count(source.code) FROM read_json('{folder}/events.flat.jsonl')").fetchall()[0]
    check("flat: DuckDB reads parties as structures", flat[0] == sum(dyads(e) for r in kept for e in r["events"]), flat)
    cameo = pd.read_csv(folder / "events.cameo.tsv", sep="\t", names=["date", "source", "target", "code", "words"],
                        dtype=str, keep_default_na=False, quoting=3)
    check("cameo: five columns with codes as text", cameo.code.str.fullmatch(r"\d{2,4}").all(), len(cameo))
    check("cameo: dates as R and Python packages take them", cameo.date.str.fullmatch(r"\d{8}|").all())


def main():
    folder = Path(sys.argv[1])
    kept = records(folder)
    print(f"{len(kept)} records; DuckDB {duckdb.__version__}, pandas {pd.__version__}, pyarrow {pa.__version__}")
    tables(folder, kept)
    gdelt(folder, kept)
    lines(folder, kept)
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
