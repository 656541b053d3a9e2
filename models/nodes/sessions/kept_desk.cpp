#include "models/nodes/sessions/kept_desk.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr qsizetype kLongest = 1024; // of a text

    QString text(const QJsonObject &json, const QString &key)
    {
        return json.value(key).toString().left(kLongest);
    }

    QJsonObject write(const KeptPane &pane)
    {
        QJsonObject parameters;
        for (auto it = pane.wish.parameters.begin(); it != pane.wish.parameters.end(); ++it)
            parameters.insert(it.key(), QJsonArray::fromStringList(it.value()));
        return {{u"session"_s, pane.sessionId},      {u"node"_s, pane.wish.nodeId},
                {u"nodeName"_s, pane.wish.nodeName}, {u"document"_s, pane.wish.document},
                {u"reason"_s, pane.wish.reason},     {u"parameters"_s, parameters}};
    }

    std::optional<KeptPane> readPane(const QJsonObject &json)
    {
        KeptPane pane;
        pane.sessionId = text(json, u"session"_s);
        pane.wish.nodeId = text(json, u"node"_s);
        pane.wish.nodeName = text(json, u"nodeName"_s);
        pane.wish.document = text(json, u"document"_s);
        pane.wish.reason = text(json, u"reason"_s);
        const QJsonObject parameters = json.value(u"parameters"_s).toObject();
        for (auto it = parameters.begin(); it != parameters.end(); ++it) {
            QStringList values;
            for (const QJsonValue &value : it.value().toArray())
                values << value.toString();
            pane.wish.parameters.insert(it.key(), values);
        }
        if (pane.sessionId.isEmpty() || pane.wish.nodeId.isEmpty())
            return std::nullopt;
        return pane;
    }

    std::optional<KeptTab> readTab(const QJsonObject &json)
    {
        const auto layout = PaneLayout::fromJson(json.value(u"layout"_s).toObject());
        if (!layout)
            return std::nullopt;
        KeptTab tab {
            .name = text(json, u"name"_s), .layout = *layout, .isCurrent = json.value(u"current"_s).toBool()};
        const QJsonObject panes = json.value(u"panes"_s).toObject();
        for (const int number : layout->panes()) {
            const auto pane = readPane(panes.value(QString::number(number)).toObject());
            if (!pane)
                return std::nullopt;
            tab.panes.insert(number, *pane);
        }
        return tab;
    }
}

QByteArray KeptDesk::toBytes() const
{
    QJsonArray all;
    for (const KeptTab &tab : tabs) {
        QJsonObject panes;
        for (auto pane = tab.panes.begin(); pane != tab.panes.end(); ++pane)
            panes.insert(QString::number(pane.key()), write(*pane));
        all << QJsonObject {{u"name"_s, tab.name},
                            {u"layout"_s, tab.layout.toJson()},
                            {u"panes"_s, panes},
                            {u"current"_s, tab.isCurrent}};
    }
    return QJsonDocument(QJsonObject {{u"tabs"_s, all}}).toJson(QJsonDocument::Compact);
}

KeptDesk KeptDesk::fromBytes(const QByteArray &bytes)
{
    KeptDesk desk;
    const QJsonArray all = QJsonDocument::fromJson(bytes).object().value(u"tabs"_s).toArray();
    for (const QJsonValue &each : all) {
        if (desk.tabs.size() == kMostTabs)
            break;
        if (const auto tab = readTab(each.toObject()))
            desk.tabs << *tab;
    }
    return desk;
}

}
