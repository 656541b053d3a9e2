#pragma once
// A whole console with an engine and agents of its own, all below one folder.

#include "app/console/console_program.h"

#include <QFile>
#include <QTemporaryDir>

namespace fb::test {

inline ConsoleOptions programOptions(const QTemporaryDir &folder)
{
    ConsoleOptions options;
    options.dataDir = folder.filePath(QStringLiteral("data"));
    options.listen = QStringLiteral("127.0.0.1:0");
    options.passphraseFile = folder.filePath(QStringLiteral("passphrase"));
    options.language = QStringLiteral("en");
    options.theme = QStringLiteral("light");
    options.agentProgram = QStringLiteral(FB_BIN_DIR "/flagbridge-agent");
    QFile file(options.passphraseFile);
    if (file.open(QIODevice::WriteOnly)) {
        file.write("a passphrase for this test\n");
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    }
    return options;
}

}
