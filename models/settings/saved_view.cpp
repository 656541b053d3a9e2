#include "models/settings/saved_view.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace fb {

using namespace Qt::StringLiterals;

QByteArray SavedView::toJson(const QList<SavedView> &views)
{
    QJsonArray array;
    for (const SavedView &view : views)
        array.append(QJsonObject {{u"name"_s, view.name},
                                  {u"query"_s, view.query},
                                  {u"columns"_s, QString::fromLatin1(view.columns)},
                                  {u"default"_s, view.isDefault}});
    return QJsonDocument(array).toJson(QJsonDocument::Compact);
}

QList<SavedView> SavedView::fromJson(const QByteArray &json)
{
    QList<SavedView> views;
    const QJsonArray array = QJsonDocument::fromJson(json).array();
    for (const QJsonValue &value : array) {
        const SavedView view {value[u"name"].toString(), value[u"query"].toString(),
                              value[u"columns"].toString().toLatin1(), value[u"default"].toBool()};
        if (!view.name.isEmpty() && view.name.size() <= kMostChars && views.size() < kMostOfTable)
            views.append(view);
    }
    return views;
}

}
