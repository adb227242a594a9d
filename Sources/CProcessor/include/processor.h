// Nothing to call: what is linked with this ends at its start on a processor that its libraries were not built for.
