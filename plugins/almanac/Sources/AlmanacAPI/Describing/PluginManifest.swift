/// What the server says of itself beside its OpenAPI document.
package enum PluginManifest {
    /// The manifest in ChatGPT's form (`schema_version` v1), with the member `x-squire` that says how to start the
    /// server: `{socket}` stands for the path of the Unix socket to listen on. Its standard input must stay open; when
    /// it ends, the server does.
    package static let text = """
        {
          "schema_version": "v1",
          "name_for_human": "Almanac",
          "name_for_model": "almanac",
          "description_for_human": "World clock, dates, units of measure, sun and moon.",
          "description_for_model": "Tells the current time anywhere, time differences, dates and weekdays, converts units of measure, and knows sunrise, sunset and the phases of the moon.",
          "auth": {"type": "none"},
          "api": {"type": "openapi", "url": "openapi.yaml"},
          "logo_url": "http://almanac/logo.svg",
          "contact_email": "almanac@localhost",
          "legal_info_url": "http://almanac/legal",
          "x-squire": {"run": ["almanac", "--socket", "{socket}", "--exit-with-stdin"]}
        }

        """

    /// Licence, and whose data it is.
    static let legal = """
        Almanac, part of Squire: Apache License 2.0.
        Names, coordinates and populations of cities and countries: GeoNames (https://www.geonames.org),
        licensed under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/), chosen and abridged.
        Time zones: the IANA time zone database, as Foundation carries it.

        """

    /// A sun over a horizon.
    static let logo = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">\
        <circle cx="32" cy="38" r="14" fill="#f5a623"/><rect y="38" width="64" height="26" fill="#2f5d8a"/></svg>
        """
}
