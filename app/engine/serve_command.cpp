#include "app/engine/commands.h"

#include "backend/base/qt_text.h"
#include "backend/core/time_text.h"
#include "backend/engine/engine.h"
#include "backend/security/master_key.h"

#include <QCoreApplication>
#include <QDir>
#include <QSocketNotifier>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>

#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <utility>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr std::chrono::seconds kShortestLife {10};
    constexpr std::chrono::hours kLongestLife {400 * 24};

    const Usage kServe {
        .name = u"serve"_s,
        .summary
        = u"Runs the engine. Prints one JSON line when it is ready; SIGTERM or SIGINT stops it cleanly."_s,
        .options
        = {{u"data"_s, u"Folder of the engine: store, artifacts, control socket."_s, u"DIR"_s},
           {u"listen"_s, u"Where agents dial in (default 127.0.0.1:8443; port 0 picks a free one)."_s,
            u"ADDR:PORT"_s},
           {u"advertise"_s, u"Host name that agents are told (default: the address of --listen)."_s,
            u"HOST"_s},
           {u"api"_s,
            u"Where the AWS wire listens: --endpoint-url of the aws command (default: it is not served)."_s,
            u"ADDR:PORT"_s},
           {u"api-host"_s, u"Another host name that AWS clients call this engine by."_s, u"HOST"_s},
           {u"api-certificate"_s,
            u"PEM file with certificate and chain; without it the AWS wire is served on loopback alone."_s,
            u"F"_s},
           {u"api-key"_s, u"PEM file with the key of --api-certificate."_s, u"F"_s},
           {u"store"_s,
            u"postgresql://user@host:port/database; the password comes from its password file (default: SQLite in DIR)."_s,
            u"URL"_s},
           {u"certificate-life"_s,
            u"How long a node's certificate is valid: 10s to 400d (default 45d). It is renewed at two thirds."_s,
            u"TIME"_s},
           {u"passphrase-file"_s, u"File with the passphrase that opens DIR/master.sealed."_s, u"F"_s}},
        .examples
        = u"  flagbridge-engine serve --data /var/lib/flagbridge --listen 0.0.0.0:8443 --advertise "
          u"engine.example.net \\\n"
          "      --passphrase-file /root/flagbridge.pass\n\n"
          "The master key comes from, in this order: $CREDENTIALS_DIRECTORY/flagbridge.master (32 raw "
          "bytes), or DIR/master.sealed,\n"
          "made at the first start and sealed with the passphrase in --passphrase-file or in the file that\n"
          "FLAGBRIDGE_PASSPHRASE_FILE names."_s,
    };

    struct Place {
        QString address;
        quint16 port = 0;
    };

    Result<Place> placeOf(const Options &options, const QString &option, const QString &example)
    {
        const QString text = options.value(option);
        const qsizetype colon = text.lastIndexOf(u':');
        bool isNumber = false;
        const int port = text.mid(colon + 1).toInt(&isNumber);
        if (colon < 1 || !isNumber || port < 0 || port > 65535)
            return makeError(
                errors::kValidation,
                toStd(u"--%1 is \"%2\"; write ADDRESS:PORT, such as %3"_s.arg(option, text, example)),
                toStd(option));
        QString address = text.left(colon);
        if (address.startsWith(u'[') && address.endsWith(u']'))
            address = address.mid(1, address.size() - 2);
        return Place {address, static_cast<quint16>(port)};
    }

    Result<EngineOptions> engineOptions(const Options &options)
    {
        EngineOptions engine {.dataDir = QDir(options.value(u"data"_s)).absolutePath(),
                              .storeUrl = options.value(u"store"_s)};
        engine.advertiseHost = options.value(u"advertise"_s);
        if (options.has(u"certificate-life"_s)) {
            const auto life = parseDuration(toStd(options.value(u"certificate-life"_s)));
            if (!life || *life < kShortestLife || *life > kLongestLife)
                return makeError(errors::kValidation,
                                 "--certificate-life is \"" + toStd(options.value(u"certificate-life"_s))
                                     + "\"; write 10s to 400d, such as 45d",
                                 "certificate-life");
            engine.nodeCertificateLife = *life;
        }
        if (options.has(u"listen"_s)) {
            auto place = placeOf(options, u"listen"_s, u"0.0.0.0:8443"_s);
            if (!place)
                return place.error();
            engine.listenAddress = place->address;
            engine.listenPort = place->port;
        }
        if (options.has(u"api"_s)) {
            auto place = placeOf(options, u"api"_s, u"127.0.0.1:8444"_s);
            if (!place)
                return place.error();
            engine.apiAddress = place->address;
            engine.apiPort = place->port;
        }
        engine.apiHostName = options.value(u"api-host"_s);
        engine.apiCertificateFile = options.value(u"api-certificate"_s);
        engine.apiKeyFile = options.value(u"api-key"_s);
        if (engine.apiCertificateFile.isEmpty() != engine.apiKeyFile.isEmpty())
            return makeError(errors::kValidation, "--api-certificate and --api-key go together",
                             "api-certificate");
        return engine;
    }

    // SIGTERM and SIGINT as an event of the loop.
    int stopSignals()
    {
        sigset_t stopping;
        sigemptyset(&stopping);
        sigaddset(&stopping, SIGTERM);
        sigaddset(&stopping, SIGINT);
        sigprocmask(SIG_BLOCK, &stopping, nullptr);
        return signalfd(-1, &stopping, SFD_CLOEXEC | SFD_NONBLOCK);
    }

    ExitCode startFailure(const Error &error)
    {
        printError(error, false);
        return error.code == errors::kMasterKeyUnavailable ? ExitCode::Configuration : ExitCode::OtherEnd;
    }

    ExitCode serve(EngineOptions options, const QString &passphraseFile)
    {
        ::umask(0077);
        ::prctl(PR_SET_DUMPABLE, 0); // holds keys: no core dump
        const rlimit noCores {0, 0};
        ::setrlimit(RLIMIT_CORE, &noCores);
        if (!QDir().mkpath(options.dataDir))
            return usageError(u"--data %1 cannot be made."_s.arg(options.dataDir));
        const MasterKeySources sources = MasterKeySources::ofEnvironment(options.dataDir, passphraseFile);
        SecureRandom random;
        Engine *running = nullptr;
        options.handOver = [&running] { // once, whoever asks how often
            if (Engine *engine = std::exchange(running, nullptr))
                engine->stop([] { QCoreApplication::quit(); });
        };
        Engine engine(options,
                      [&](const FleetIdentity &, bool storeHasKey,
                          const std::function<void(Result<SecretBytes>)> &done) {
                          done(headlessMasterKey(sources, storeHasKey, random));
                      });
        running = &engine;
        ExitCode exitCode = ExitCode::Success;
        const int stopDescriptor = stopSignals();
        QSocketNotifier stop(stopDescriptor, QSocketNotifier::Read);
        QObject::connect(&stop, &QSocketNotifier::activated, &engine, [&] {
            stop.setEnabled(false);
            options.handOver();
        });
        engine.start([&](const Result<EngineInfo> &info) {
            if (!info) {
                exitCode = startFailure(info.error());
                QMetaObject::invokeMethod(QCoreApplication::instance(), &QCoreApplication::quit,
                                          Qt::QueuedConnection);
                return;
            }
            QJsonObject ready {{u"event"_s, u"ready"_s},
                               {u"agentUrl"_s, info->agentUrl},
                               {u"caSha256"_s, info->caSha256},
                               {u"version"_s, info->version}};
            if (!info->apiUrl.isEmpty())
                ready.insert(u"apiUrl"_s, info->apiUrl);
            printJson(ready);
        });
        QCoreApplication::exec();
        ::close(stopDescriptor);
        return exitCode;
    }
}

ExitCode serveCommand(const QStringList &arguments)
{
    const auto parsed = Options::parse(kServe, arguments);
    if (const auto *end = std::get_if<ExitCode>(&parsed))
        return *end;
    const auto &options = std::get<Options>(parsed);
    if (!options.has(u"data"_s))
        return usageError(u"--data DIR is missing: the folder of the engine."_s);
    const Result<EngineOptions> engine = engineOptions(options);
    if (!engine)
        return usageError(toQString(engine.error().message));
    return serve(*engine, options.value(u"passphrase-file"_s));
}

QList<Usage> serveUsages() { return {kServe}; }

}
