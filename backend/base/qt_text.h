#pragma once
// The step between core's UTF-8 std::string and Qt's text. Any thread.

#include "backend/core/id.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <string>
#include <string_view>

namespace fb {

inline QString toQString(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

inline std::string toStd(const QString &text) { return text.toStdString(); }

inline QByteArray toBytes(std::string_view bytes)
{
    return {bytes.data(), static_cast<qsizetype>(bytes.size())};
}

// A view of Qt's bytes for core's functions; valid while `bytes` lives.
inline std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<size_t>(bytes.size())};
}

template <typename Tag>
QString toQString(const Id<Tag> &id)
{
    return toQString(id.text());
}

template <typename IdType>
IdType toId(const QString &text)
{
    return IdType(text.toStdString());
}

template <typename IdType>
QStringList toQStringList(const QList<IdType> &ids)
{
    QStringList out;
    out.reserve(ids.size());
    for (const IdType &id : ids)
        out.append(toQString(id));
    return out;
}

}
