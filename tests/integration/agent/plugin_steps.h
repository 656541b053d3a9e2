#pragma once
// Steps of aws:downloadContent for the tests of this folder.

#include "tests/integration/agent/agent_fixture.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace fb::test {

inline std::string downloadStepOf(const QString &type, const QJsonValue &info, const QString &destination)
{
    const QJsonObject inputs {{QStringLiteral("sourceType"), type},
                              {QStringLiteral("sourceInfo"), info},
                              {QStringLiteral("destinationPath"), destination}};
    const QJsonObject whole {{QStringLiteral("action"), QStringLiteral("aws:downloadContent")},
                             {QStringLiteral("name"), QStringLiteral("get")},
                             {QStringLiteral("inputs"), inputs}};
    return QJsonDocument(whole).toJson(QJsonDocument::Compact).toStdString();
}

inline std::string downloadStep(const QString &type, const QJsonObject &info, const QString &destination = {})
{
    return downloadStepOf(type, info, destination);
}

// One step to its end; an empty result when it does not come.
inline wire::OrderStep runStep(AgentFixture &f, const std::string &step, uint64_t number = 1)
{
    f.engine.order(number, ScriptEngine::document({step}));
    if (!f.engine.wait([&] { return f.engine.hasResult(number); }, 30000))
        return {};
    return f.engine.result(number).steps(0);
}

}
