#include "app/engine/commands.h"

#include "backend/backup/store_backup.h"
#include "backend/backup/store_restore.h"
#include "backend/base/fail.h"
#include "backend/base/field_table.h"
#include "backend/control/control_client.h"
#include "backend/core/time_text.h"
#include "backend/store/engine_lock.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <sys/stat.h>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const QCommandLineOption kBackupJson {u"json"_s, u"Answers as one JSON line."_s};

    const Usage kBackup {
        .name = u"backup"_s,
        .summary = u"Writes the store and all artifacts into one file, also while the engine works."_s,
        .options = {{u"data"_s, u"Folder of the engine, running or not."_s, u"DIR"_s},
                    {u"to"_s, u"The file; it must not be there yet."_s, u"FILE"_s},
                    kBackupJson},
        .examples
        = u"  flagbridge-engine backup --data /var/lib/flagbridge --to /srv/backup/fleet.fbbackup\n\n"
          "Secrets stay sealed in it, as they are in the store: keep the passphrase or the master key "
          "elsewhere."_s,
    };
    const Usage kRestore {
        .name = u"restore"_s,
        .summary = u"Puts a backup into the folder of an engine that does not run."_s,
        .options = {{u"data"_s, u"The folder: empty, or with --replace that of the same fleet."_s, u"DIR"_s},
                    {u"from"_s, u"The backup."_s, u"FILE"_s},
                    {u"replace"_s, u"DIR holds a store: keep it beside, under another name."_s},
                    kBackupJson},
        .examples
        = u"  flagbridge-engine restore --data /var/lib/flagbridge --from /srv/backup/fleet.fbbackup "
          u"--replace\n\n"
          "Everything is verified before anything is changed. Activations of the backup are void afterwards."_s,
    };

    constexpr qint64 kBackupCall = 1;

    // The engine that holds its store still while the backup is written.
    class HeldEngine
    {
    public:
        explicit HeldEngine(ControlClient &engine) : m_engine(engine) { }

        Result<BackupSource> begin(const QString &dataDir, const QString &file)
        {
            if (auto sent
                = m_engine.send({.id = kBackupCall, .operation = u"BackUp"_s, .input = {{u"File"_s, file}}});
                !sent)
                return sent.error();
            const auto line = next();
            if (!line)
                return line.error();
            const QJsonObject event = (*line)[u"event"].toObject();
            const QString copy = event[u"StoreFile"].toString();
            if (copy.isEmpty() || copy.contains(u".."_s))
                return fail(errors::kInternal, u"The engine named no copy of its store."_s);
            return BackupSource {.dataDir = dataDir,
                                 .storeFile = dataDir + u'/' + copy,
                                 .auditHead
                                 = QByteArray::fromBase64(event[u"AuditHead"].toString().toLatin1())};
        }

        // It was there all the time, and removed nothing.
        Result<void> end()
        {
            if (auto sent = m_engine.send({.id = kBackupCall, .input = {{u"Done"_s, true}}}); !sent)
                return sent;
            return next().map([](const QJsonObject &) {});
        }

    private:
        Result<QJsonObject> next()
        {
            for (;;) {
                if (const auto line = m_engine.takeLine()) {
                    if (line->contains(u"error"_s))
                        return errorFromJson((*line)[u"error"].toObject());
                    return *line;
                }
                if (auto more = m_engine.readSome(); !more)
                    return more.error();
            }
        }

        ControlClient &m_engine;
    };

    ExitCode tellBackup(const BackupReport &report, bool json)
    {
        if (json) {
            printJson(toJson(report));
        } else {
            printText(u"%1: %2 files, %3 bytes, as of %4"_s.arg(report.file, QString::number(report.files),
                                                                QString::number(report.size),
                                                                toQString(toIso8601(report.madeAt))));
        }
        for (const QString &path : report.damaged)
            std::fprintf(stderr, "flagbridge-engine: %s is damaged or missing and is not in the backup.\n",
                         qPrintable(path));
        return report.damaged.isEmpty() ? ExitCode::Success : ExitCode::OtherEnd;
    }

    ExitCode backUpRunning(ControlClient &engine, const QString &dataDir, const QString &file, bool json)
    {
        HeldEngine held(engine);
        const auto source = held.begin(dataDir, file);
        if (!source)
            return report(engine, source.error(), json);
        const SystemClock clock;
        StoreBackup backup(*source, file, clock);
        auto written = backup.write();
        if (written) {
            if (const auto ended = held.end(); !ended)
                return report(engine, ended.error(), json);
            if (const auto named = backup.commit(*written); !named)
                written = named.error();
        }
        if (written)
            return tellBackup(*written, json);
        printError(written.error(), json);
        return ExitCode::Refused;
    }

    Result<BackupReport> backUpStopped(const QString &dataDir, const QString &file)
    {
        const auto lock = EngineLock::take(dataDir);
        if (!lock)
            return lock.error();
        QByteArray head;
        if (QFile anchor(dataDir + u"/audit.head"_s); anchor.open(QIODevice::ReadOnly))
            head = anchor.readAll();
        const QString copy = file + u".store"_s; // where there is room for it
        QFile::remove(copy);
        if (auto copied = copyStore(dataDir, copy); !copied)
            return copied.error();
        const SystemClock clock;
        StoreBackup backup({.dataDir = dataDir, .storeFile = copy, .auditHead = head}, file, clock);
        auto written = backup.write();
        QFile::remove(copy);
        if (written) {
            if (const auto named = backup.commit(*written); !named)
                return named.error();
        }
        return written;
    }

    QString restoreText(const RestoreReport &report)
    {
        QStringList lines {u"%1 is as of %2 now (fleet %3, epoch %4)."_s.arg(
            report.dataDir, toQString(toIso8601(report.madeAt)), report.fleetId,
            QString::number(report.epoch))};
        if (!report.replacedFolder.isEmpty())
            lines.append(u"The folder that was there: %1"_s.arg(report.replacedFolder));
        const CarriedOver &carried = report.carriedOver;
        lines.append(u"Activations of the backup are void; what was approved and not used waits again."_s);
        lines.append(u"Certificates revoked since: %1 carried over."_s.arg(carried.revocations));
        const auto names = [&lines](const QString &what, const QStringList &who) {
            if (!who.isEmpty())
                lines.append(what + u": "_s + who.join(u", "_s));
        };
        names(u"Nodes deregistered since, which stay shut out"_s, carried.deregisteredNodes);
        names(u"Operators disabled or removed since, now disabled"_s, carried.operatorsShutOut);
        names(u"Access keys disabled or removed since, now disabled"_s, carried.keysShutOut);
        names(u"Operators whose newer password was kept"_s, carried.passwordsKept);
        names(u"Operators whose permissions are those of the backup"_s, carried.permissionsDiffer);
        names(u"Artifacts that were damaged when the backup was made, and are missing"_s, report.missing);
        return (lines + carried.unknown).join(u'\n');
    }
}

ExitCode backupCommand(const QStringList &arguments)
{
    const auto parsed = Options::parse(kBackup, arguments);
    if (const auto *end = std::get_if<ExitCode>(&parsed))
        return *end;
    const auto &options = std::get<Options>(parsed);
    if (!options.has(u"data"_s) || !options.has(u"to"_s))
        return usageError(u"--data DIR and --to FILE are needed."_s);
    ::umask(0077);
    const bool json = options.has(u"json"_s);
    const QString dataDir = QDir(options.value(u"data"_s)).absolutePath();
    const QString file = QFileInfo(options.value(u"to"_s)).absoluteFilePath();
    if (const auto engine = ControlClient::connectTo(dataDir))
        return backUpRunning(**engine, dataDir, file, json);
    if (!QFile::exists(dataDir + u"/flagbridge.db"_s)) {
        printError(
            qtError(
                errors::kValidation,
                u"No engine runs in %1, and it holds no SQLite store (flagbridge.db). A store in PostgreSQL "
                "is backed up with pg_dump."_s.arg(dataDir),
                u"data"_s),
            json);
        return ExitCode::NoEngine;
    }
    const auto written = backUpStopped(dataDir, file);
    if (written)
        return tellBackup(*written, json);
    printError(written.error(), json);
    return ExitCode::Refused;
}

ExitCode restoreCommand(const QStringList &arguments)
{
    const auto parsed = Options::parse(kRestore, arguments);
    if (const auto *end = std::get_if<ExitCode>(&parsed))
        return *end;
    const auto &options = std::get<Options>(parsed);
    if (!options.has(u"data"_s) || !options.has(u"from"_s))
        return usageError(u"--data DIR and --from FILE are needed."_s);
    ::umask(0077);
    const SystemClock clock;
    SecureRandom random;
    StoreRestore restore({.dataDir = options.value(u"data"_s),
                          .file = options.value(u"from"_s),
                          .replace = options.has(u"replace"_s)},
                         clock, random);
    const auto report = restore.run();
    if (!report) {
        printError(report.error(), options.has(u"json"_s));
        return ExitCode::Refused;
    }
    if (options.has(u"json"_s))
        printJson(toJson(*report));
    else
        printText(restoreText(*report));
    return ExitCode::Success;
}

QList<Usage> backupUsages() { return {kBackup}; }

QList<Usage> restoreUsages() { return {kRestore}; }

}
