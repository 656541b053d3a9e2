#pragma once
// One real PostgreSQL server a test program, started when first asked for and stopped at exit: no TCP port, a Unix socket in a
// temporary folder. Runs as user postgres when the tests run as root. Main thread.

#include <QString>

namespace fb::test {

// A new, empty database on it: a URL for DatabaseOptions::url.
QString newPostgresDatabase();

// Ends every connection to the server, as a network failure would.
void cutPostgresConnections();

}
