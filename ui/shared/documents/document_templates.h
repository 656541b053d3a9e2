#pragma once
// What a new document begins with, by type and format: short, right, and explained in the language of documents. Ui thread.

#include <QString>

namespace fb {

// `type`: AWS's name; `format`: "YAML" or "JSON". Empty for a type that has none.
QString documentTemplate(const QString &type, const QString &format);

}
