#pragma once
// The yardstick of the store: the same rows in the same tables through nothing but SQLite, in batches of 100.

#include "backend/nodes/runcommand/command.h"

#include <QList>

namespace fb::bench {

// With the table and indexes of the Run Command migration, synchronous=FULL.
double bareSqliteRowsPerCpuSecond(const QList<Invocation> &rows);
QList<Invocation> invocationRows(int count); // of one command

}
