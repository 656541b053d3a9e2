#pragma once
// What the steps of a document would be for chosen parameters and a platform, without a node (spec/documents.md 3.3, 3.6, 5): by the code that
// engine and agent use. Pure functions.

#include "models/shared/documents/document_row.h"

namespace fb {

DryRun dryRunOf(const DocumentEdit &edit, const QMap<QString, QStringList> &values, const QString &platform);

}
