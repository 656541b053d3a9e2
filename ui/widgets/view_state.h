#pragma once
// What a page shows of itself, as the part of its address after "?": tab, filter, chosen row (ux.md 1). Written into history and links, so it
// is bounded and holds nothing secret. Value; ui thread.

#include "models/table/table_query.h"

#include <QHash>
#include <QString>
#include <QStringList>

namespace fb {

class ViewState
{
public:
    // Anything: what is too long (4 KiB) or not understood is left out.
    static ViewState parse(const QString &text);
    QString text() const; // "tab=targets&filter=ping%3DOnline"; empty: as the page opens by itself

    QString value(const QString &key) const { return m_values.value(key).value(0); }
    void set(const QString &key, const QString &value); // an empty value is left out

    void setQuery(const TableQuery &query);
    TableQuery query() const;

private:
    QHash<QString, QStringList> m_values;
};

}
