#include "models/nodes/agentbuilds/build_publishing.h"

#include "backend/base/fail.h"
#include "backend/core/byte_encoding.h"
#include "backend/nodes/agentbuilds/agent_build_service.h"
#include "backend/protocol/agent_build_signature.h"
#include "backend/store/artifact_owners.h"
#include "models/shared/intake/file_intake.h"
#include "models/table/visible_text.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr qint64 kMostSmall = 16 * 1024;
    constexpr qint64 kPiece = 1024 * 1024;

    // No pipe and no device: those never end, or wait for somebody.
    Result<void> openFile(QFile &file, const QString &field)
    {
        if (!QFileInfo(file.fileName()).isFile())
            return fail(errors::kValidation, u"%1 is no file."_s.arg(visibleText(file.fileName())), field);
        if (!file.open(QIODevice::ReadOnly))
            return fail(errors::kValidation,
                        u"%1 cannot be read: %2."_s.arg(visibleText(file.fileName()), file.errorString()),
                        field);
        return {};
    }

    Result<std::string> readSmall(const QString &path, const QString &field)
    {
        QFile file(path);
        if (auto opened = openFile(file, field); !opened)
            return opened.error();
        const QByteArray bytes = file.read(kMostSmall + 1);
        if (bytes.size() > kMostSmall)
            return fail(errors::kValidation,
                        u"%1 is longer than %2 bytes."_s.arg(visibleText(path)).arg(kMostSmall), field);
        return bytes.toStdString();
    }

    Error named(Error error, const char *field)
    {
        error.field = field;
        return error;
    }

    // The engine names what it is told of a build; the page has a field for the file alone.
    Error ofBuild(const Error &error)
    {
        return error.field == "Sha256" || error.field == "Size" || error.field.empty() ? named(error, "File")
                                                                                       : error;
    }

    Result<QString> digestOf(QFile &file, PublishingTurn &turn)
    {
        QCryptographicHash hash(QCryptographicHash::Sha256);
        const qint64 total = file.size();
        for (qint64 done = 0; done < total;) {
            const QByteArray piece = file.read(kPiece);
            if (piece.isEmpty() || turn.stops)
                return fail(errors::kValidation,
                            u"%1 could not be read to its end."_s.arg(visibleText(file.fileName())),
                            u"File"_s);
            hash.addData(piece);
            done += piece.size();
            turn.progress({PublishProgress::Phase::Reading, done, total});
        }
        if (!file.seek(0))
            return fail(errors::kValidation, u"%1 cannot be read twice."_s.arg(visibleText(file.fileName())),
                        u"File"_s);
        return QString::fromLatin1(hash.result().toHex());
    }
}

Result<void> publishBuild(EngineThread &engine, const BuildWish &wish, PublishingTurn &turn)
{
    QFile file(wish.file);
    if (auto opened = openFile(file, u"File"_s); !opened)
        return opened;
    const qint64 size = file.size();
    if (size == 0 || size > static_cast<qint64>(protocol::kMaxAgentBuildBytes))
        return fail(errors::kValidation,
                    u"%1 has %2 bytes; a build has 1 to %3."_s.arg(visibleText(wish.file))
                        .arg(size)
                        .arg(protocol::kMaxAgentBuildBytes),
                    u"File"_s);
    const auto text = readSmall(wish.signatureFile, u"Signature"_s);
    if (!text)
        return text.error();
    const auto signature = protocol::readAgentBuildSignature(*text);
    if (!signature)
        return named(signature.error(), "Signature");
    const auto digest = digestOf(file, turn);
    if (!digest)
        return digest.error();
    AgentBuild build;
    build.version = wish.version;
    build.platform = wish.platform;
    build.architecture = wish.architecture;
    build.sha256 = *digest;
    build.size = size;
    build.signature = QString::fromStdString(toBase64(*signature));

    FileIntake intake;
    intake.size = size;
    intake.open = [&build](Engine &each) -> Result<ArtifactUpload *> {
        AgentBuildService &builds = each.agentBuilds();
        if (auto sound = builds.checkAgentBuild(each.atConsole(), build); !sound)
            return sound.error();
        return new ArtifactUpload(builds.artifacts(), builds.database(), agentBuildArtifact(build.sha256),
                                  build.size, &builds);
    };
    intake.goesOn = [&turn, size](qint64 bytes) {
        turn.progress({PublishProgress::Phase::Sending, bytes, size});
        return !turn.stops;
    };
    if (auto taken = takeIn(engine, file, intake); !taken)
        return ofBuild(taken.error());
    const auto added = askEngine(
        engine, [&build](Engine &each) { return each.agentBuilds().addAgentBuild(each.atConsole(), build); });
    return added ? Result<void>() : Result<void>(ofBuild(added.error()));
}

Result<void> setReleaseKeyFrom(EngineThread &engine, const QString &file)
{
    const auto text = readSmall(file, u"ReleaseKey"_s);
    if (!text)
        return text.error();
    const auto key = protocol::readReleaseKey(*text);
    if (!key)
        return named(key.error(), "ReleaseKey");
    return askEngine(engine, [&key](Engine &each) {
        return each.agentBuilds().setReleaseKey(each.atConsole(), QByteArray::fromStdString(*key));
    });
}

}
