#include "models/drafts/draft_store.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QJsonDocument>
#include <QSaveFile>

namespace fb {

using namespace Qt::StringLiterals;

DraftStore::DraftStore(QString folder) : m_folder(std::move(folder)) { }

// Keys come from names that people give: never a path.
QString DraftStore::fileOf(const QString &key) const
{
    const QByteArray hash
        = QCryptographicHash::hash(key.toUtf8(), QCryptographicHash::Sha256).toHex().left(32);
    return m_folder + u'/' + QString::fromLatin1(hash) + u".json"_s;
}

bool DraftStore::save(const QString &key, const QJsonObject &values)
{
    if (m_folder.isEmpty() || !QDir().mkpath(m_folder))
        return false;
    const QByteArray bytes
        = QJsonDocument(QJsonObject {{u"key"_s, key}, {u"values"_s, values}}).toJson(QJsonDocument::Compact);
    if (bytes.size() > kMostBytes)
        return false;
    QSaveFile file(fileOf(key));
    file.setDirectWriteFallback(false);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        || file.write(bytes) != bytes.size() || !file.commit())
        return false;
    dropOldest();
    return true;
}

std::optional<Draft> DraftStore::load(const QString &key) const
{
    if (m_folder.isEmpty())
        return std::nullopt;
    QFile file(fileOf(key));
    if (!file.open(QIODevice::ReadOnly) || file.size() > kMostBytes)
        return std::nullopt;
    const QJsonObject whole = QJsonDocument::fromJson(file.read(kMostBytes)).object();
    if (whole.value(u"key"_s).toString() != key || !whole.value(u"values"_s).isObject())
        return std::nullopt;
    const qint64 saved = QFileInfo(file.fileName()).lastModified().toMSecsSinceEpoch();
    return Draft {whole.value(u"values"_s).toObject(), fromMicros(saved * 1000)};
}

void DraftStore::remove(const QString &key)
{
    if (!m_folder.isEmpty())
        QFile::remove(fileOf(key));
}

void DraftStore::dropOldest()
{
    const QFileInfoList files
        = QDir(m_folder).entryInfoList({u"*.json"_s}, QDir::Files, QDir::Time); // newest first
    for (qsizetype i = kMostDrafts; i < files.size(); ++i)
        QFile::remove(files[i].filePath());
}

}
