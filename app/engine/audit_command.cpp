#include "app/engine/commands.h"

#include "backend/base/fail.h"
#include "backend/base/field_table.h"
#include "backend/control/control_client.h"
#include "backend/security/audit_log.h"
#include "backend/security/master_key.h"
#include "backend/security/vault.h"
#include "backend/store/engine_lock.h"
#include "backend/store/store_copy.h"

#include <QDir>
#include <QFile>

#include <sys/stat.h>

#include <unistd.h>

#include <cstdio>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const Usage kAuditVerify {
        .name = u"audit verify"_s,
        .summary
        = u"Reads the whole audit log and names the first entry that was changed, removed or added."_s,
        .options
        = {{u"data"_s, u"Folder of the engine, running or not."_s, u"DIR"_s},
           {u"passphrase-file"_s,
            u"When no engine runs: the file with the passphrase that opens DIR/master.sealed."_s, u"F"_s},
           {u"json"_s, u"Answers as one JSON line."_s}},
        .examples
        = u"  flagbridge-engine audit verify --data /var/lib/flagbridge --json\n\n"
          "Ends with 0 when the log is intact and with 1 when it is not. When no engine runs, the key comes "
          "from where serve looks for\nit; without it the entries are compared with one another, but not "
          "with "
          "the anchors that only the fleet can make."_s,
    };

    ExitCode tellVerdict(const AuditVerdict &verdict, bool json)
    {
        if (json)
            printJson(toJson(verdict));
        else if (!verdict.intact)
            printText(u"The audit log breaks at entry %1: %2."_s.arg(verdict.firstBad).arg(verdict.problem));
        else
            printText(u"The audit log is intact: %1 entries."_s.arg(verdict.entries));
        if (!verdict.anchored)
            std::fprintf(
                stderr,
                "flagbridge-engine: without the master key the ends of the log were not compared with its "
                "anchors. See: flagbridge-engine audit verify --help\n");
        return verdict.intact ? ExitCode::Success : ExitCode::OtherEnd;
    }

    Result<AuditVerdict> verifyRunning(ControlClient &engine, bool quiet)
    {
        const auto progress = [quiet](const QJsonObject &event) {
            if (!quiet && event[u"Read"].toInteger() > 0)
                std::fprintf(stderr, "\r%lld of %lld entries",
                             static_cast<long long>(event[u"Read"].toInteger()),
                             static_cast<long long>(event[u"All"].toInteger()));
        };
        const auto answer = engine.call(u"VerifyAuditLog"_s, {}, progress);
        if (!quiet)
            std::fprintf(stderr, "\r");
        if (!answer)
            return answer.error();
        return fromJson<AuditVerdict>(*answer);
    }

    Result<AuditVerdict> verifyStopped(const QString &dataDir, const QString &passphraseFile)
    {
        const auto lock = EngineLock::take(dataDir);
        if (!lock)
            return lock.error();
        auto store = StoreFile::open(dataDir + u"/flagbridge.db"_s);
        if (!store)
            return store.error();
        const MasterKeySources sources = MasterKeySources::ofEnvironment(dataDir, passphraseFile);
        if (!sources.any())
            return AuditLog::verifyLinks((*store)->reader());
        SecureRandom random;
        auto key = headlessMasterKey(sources, true, random);
        if (!key)
            return key.error();
        if (auto fits = Vault::checkKey((*store)->reader(), *key); !fits)
            return fits.error();
        return AuditLog::verifyStored((*store)->reader(), Vault::derived(*key, kAuditAnchorKey), dataDir);
    }
}

ExitCode auditCommand(const QStringList &arguments)
{
    if (arguments.value(0) != u"verify")
        return usageError(u"name what to do: verify. See: flagbridge-engine audit verify --help"_s);
    const auto parsed = Options::parse(kAuditVerify, arguments.mid(1));
    if (const auto *end = std::get_if<ExitCode>(&parsed))
        return *end;
    const auto &options = std::get<Options>(parsed);
    if (!options.has(u"data"_s))
        return usageError(u"--data DIR is missing: the folder of the engine."_s);
    ::umask(0077);
    const bool json = options.has(u"json"_s);
    const QString dataDir = QDir(options.value(u"data"_s)).absolutePath();
    if (const auto engine = ControlClient::connectTo(dataDir)) {
        const auto verdict = verifyRunning(**engine, json || !::isatty(STDERR_FILENO));
        return verdict ? tellVerdict(*verdict, json) : report(**engine, verdict.error(), json);
    }
    if (!QFile::exists(dataDir + u"/flagbridge.db"_s)) {
        printError(
            qtError(errors::kValidation,
                    u"No engine runs in %1, and it holds no SQLite store (flagbridge.db)."_s.arg(dataDir),
                    u"data"_s),
            json);
        return ExitCode::NoEngine;
    }
    const auto verdict = verifyStopped(dataDir, options.value(u"passphrase-file"_s));
    if (verdict)
        return tellVerdict(*verdict, json);
    printError(verdict.error(), json);
    return verdict.error().code == errors::kMasterKeyUnavailable ? ExitCode::Configuration
                                                                 : ExitCode::Refused;
}

QList<Usage> auditUsages() { return {kAuditVerify}; }

}
