#include "models/nodes/agentbuilds/build_commands.h"

#include "models/nodes/runcommand/run_request_text.h"

namespace fb {

using namespace Qt::StringLiterals;

QString BuildCommands::makeKey()
{
    return u"openssl genpkey -algorithm ed25519 -out release.key\n"
           "openssl pkey -in release.key -pubout -out release.pub"_s;
}

QString BuildCommands::signatureFileOf(const QString &file)
{
    return file.isEmpty() ? QString() : file + u".sig"_s;
}

QString BuildCommands::sign(const BuildWish &wish)
{
    const auto word = [](const QString &given, const QString &example) {
        return RunRequestText::shellQuoted(given.isEmpty() ? example : given);
    };
    const QString file = wish.file.isEmpty() ? u"flagbridge-agent"_s : wish.file;
    return u"flagbridge-engine agent-build sign --key release.key \\\n"
           "    --file %1 --version %2 \\\n"
           "    --platform %3 --architecture %4 \\\n"
           "    --out %5"_s.arg(RunRequestText::shellQuoted(file), word(wish.version, u"1.4.0"_s),
                                word(wish.platform, u"Linux"_s), word(wish.architecture, u"x86_64"_s),
                                word(wish.signatureFile, signatureFileOf(file)));
}

}
