#pragma once
// CSV (RFC 4180) that a spreadsheet cannot be tricked with: a text that begins with = + - @ tab or CR, or with an apostrophe, gets one
// apostrophe in front, so that it stays text and stripping one leading apostrophe gives it back (spec/security U06). Any thread.

#include <QString>
#include <QStringList>

namespace fb {

QString csvNeutralised(const QString &text);
QString csvRestored(const QString &cell); // the inverse of csvNeutralised
QString csvLine(const QStringList &cells); // neutralises and quotes each; ends in CR LF

}
