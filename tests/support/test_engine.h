#pragma once
// An engine of a test's own in a throwaway folder, which no node reaches and no command line: for what a console asks of it. Ends with it.

#include "backend/engine/engine_thread.h"

#include <QTemporaryDir>

#include <optional>
#include <string>

namespace fb::test {

class TestEngine
{
public:
    bool start()
    {
        EngineOptions options;
        options.dataDir = m_folder.filePath(QStringLiteral("data"));
        options.listenPort = 0;
        options.controlSocket = false;
        m_engine.emplace(
            options, [](const FleetIdentity &, bool, const std::function<void(Result<SecretBytes>)> &done) {
                done(SecretBytes(std::string(32, 'k')));
            });
        auto started = m_engine->start();
        started.waitForFinished();
        return started.result().has_value();
    }
    void stop() // before those who listen to it go
    {
        if (m_engine)
            m_engine->stop().waitForFinished();
    }
    EngineThread &engine() { return *m_engine; }
    QString path(const QString &name) const { return m_folder.filePath(name); } // for the test's own files

private:
    QTemporaryDir m_folder;
    std::optional<EngineThread> m_engine;
};

}
