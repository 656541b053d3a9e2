#include "backend/backup/backup_manifest.h"

#include "backend/base/fail.h"
#include "backend/base/field_table.h"

#include <QJsonDocument>
#include <QRegularExpression>

namespace fb {

using namespace Qt::StringLiterals;

QByteArray toBytes(const BackupHeader &header)
{
    return QJsonDocument(toJson(header)).toJson(QJsonDocument::Compact);
}

QByteArray toBytes(const BackupManifest &manifest)
{
    return QJsonDocument(toJson(manifest)).toJson(QJsonDocument::Compact);
}

Result<BackupHeader> backupHeaderOf(const QByteArray &bytes)
{
    const QJsonObject object = QJsonDocument::fromJson(bytes).object();
    if (object[u"Format"].toString() != kBackupFormat)
        return fail(errors::kValidation, u"It is no backup of Flagbridge. Nothing was changed."_s, u"from"_s);
    const qint64 version = object[u"Version"].toInteger();
    if (version < 1 || version > kBackupVersion)
        return fail(
            errors::kUpgradeRequired,
            u"The backup was made by a newer Flagbridge (%1): it has the form %2, and this program reads up "
            "to %3. Install that version. Nothing was changed."_s.arg(object[u"Program"].toString().left(40),
                                                                      QString::number(version),
                                                                      QString::number(kBackupVersion)),
            u"from"_s);
    return fromJson<BackupHeader>(object);
}

Result<BackupManifest> backupManifestOf(const QByteArray &bytes)
{
    return fromJson<BackupManifest>(QJsonDocument::fromJson(bytes).object());
}

bool isBackupPath(const QString &path)
{
    static const QRegularExpression allowed(
        u"\\A(?:flagbridge\\.db|audit\\.head|master\\.sealed|artifacts/sealed/([0-9a-f]{2})/\\1[0-9a-f]{62}"
        "|artifacts/open/[0-9A-Za-z]{1,64})\\z"_s);
    return allowed.match(path).hasMatch();
}

}
