#include "tests/support/live_fleet.h"

#include "backend/base/qt_text.h"
#include "backend/nodes/activations/activation_service.h"
#include "backend/nodes/fleet/fleet_service.h"
#include "backend/nodes/sessions/session_service.h"

#include <QElapsedTimer>
#include <QTest>
#include <QUrl>

namespace fb::test {

using namespace Qt::StringLiterals;

namespace {
    bool eventually(const std::function<bool()> &holds, int milliseconds)
    {
        return QTest::qWaitFor(holds, milliseconds);
    }
}

LiveFleet::LiveFleet() = default;

LiveFleet::~LiveFleet()
{
    if (m_engine) {
        endSessions();
        m_links.reset();
        m_engine->stop().waitForFinished();
    }
    m_agents.clear();
}

// Their workers would outlive the agents by a quarter of an hour.
void LiveFleet::endSessions()
{
    const auto active = [this] {
        return ask([](Engine &engine) -> Result<QList<Session>> {
            DescribeSessionsRequest request;
            request.maxResults = 200;
            return engine.sessions()
                .describeSessions(engine.owner(), request)
                .map([](const SessionPage &page) { return page.sessions; });
        });
    };
    const auto sessions = active();
    for (const Session &each : sessions ? *sessions : QList<Session>()) {
        (void)ask([id = each.sessionId](Engine &engine) {
            return engine.sessions().terminateSession(engine.owner(), id);
        });
    }
    (void)eventually(
        [&] {
            const auto left = active();
            return !left || left->isEmpty();
        },
        10'000);
}

bool LiveFleet::startEngine()
{
    EngineOptions options;
    options.dataDir = m_folder.filePath(u"data"_s);
    options.listenPort = m_port;
    options.controlSocket = false;
    m_engine = std::make_unique<EngineThread>(
        options, [](const FleetIdentity &, bool, const std::function<void(Result<SecretBytes>)> &done) {
            done(SecretBytes(std::string(32, 'k')));
        });
    auto started = m_engine->start();
    started.waitForFinished();
    if (!started.result()) {
        qWarning("no engine: %s", started.result().error().message.c_str());
        return false;
    }
    m_info = *started.result();
    m_port = quint16(QUrl(m_info.agentUrl).port());
    m_links = std::make_unique<SessionLinksFeed>(*m_engine);
    return true;
}

void LiveFleet::stopEngine()
{
    m_links.reset();
    m_engine->stop().waitForFinished();
    m_engine.reset();
}

bool LiveFleet::startAgent(size_t number)
{
    if (number >= m_agents.size())
        m_agents.resize(number + 1);
    Agent &agent = m_agents[number];
    QStringList arguments {u"--state"_s, m_folder.filePath(u"agent-%1"_s.arg(number))};
    arguments << m_agentArguments;
    const bool isNew = agent.nodeId.isEmpty();
    if (isNew) {
        const auto created = ask([](Engine &engine) {
            CreateActivationRequest request;
            request.iamRole = u"Default"_s;
            return engine.activations().createActivation(engine.owner(), request);
        });
        if (!created) {
            qWarning("no activation: %s", created.error().message.c_str());
            return false;
        }
        arguments << u"--engine"_s << m_info.agentUrl << u"--activation-id"_s << toQString(created->id)
                  << u"--activation-code"_s << created->code << u"--ca-sha256"_s << m_info.caSha256;
    }
    agent.log.clear();
    const auto program = QStringLiteral(FB_BIN_DIR "/flagbridge-agent");
    if (m_launcher)
        m_launcher(QStringList {program} + arguments);
    else
        agent.process = std::make_unique<TestProcess>(program, arguments);
    QStringList known;
    for (const Agent &other : m_agents)
        known << other.nodeId;
    const QString wanted = agent.nodeId;
    return eventually(
        [&] {
            const auto online = ask([&](Engine &engine) -> Result<QString> {
                QString found;
                engine.fleet().eachAfter({}, 100, [&](const Node &node) {
                    const QString id = toQString(node.id);
                    const bool isMeant = isNew ? !known.contains(id) : id == wanted;
                    const auto connected = engine.sessions().isConnected(engine.owner(), node.id);
                    if (isMeant && connected && *connected)
                        found = id;
                });
                return found;
            });
            if (!online || online->isEmpty())
                return false;
            agent.nodeId = *online;
            return true;
        },
        20'000);
}

QByteArray LiveFleet::agentLog(size_t number)
{
    Agent &agent = m_agents[number];
    agent.process->process().waitForReadyRead(1);
    agent.log += agent.process->process().readAllStandardError();
    return agent.log;
}

LiveTerminal::LiveTerminal(LiveFleet &fleet, TerminalThread &thread, const TerminalSetup &setup, size_t agent)
    : model(thread, setup),
      link(fleet.links(),
           SessionWish {.nodeId = fleet.nodeId(agent),
                        .nodeName = fleet.nodeId(agent),
                        .document = {},
                        .reason = u"test"_s,
                        .parameters = {}})
{
    connect(&link, &SessionLink::outputArrived, &model,
            [this](const QByteArray &bytes) { model.write(bytes); });
    connect(&model, &TerminalModel::consumed, &link, [this](qint64 bytes) {
        m_withheld += bytes;
        if (consumes)
            link.consumed(std::exchange(m_withheld, 0));
    });
    connect(&model, &TerminalModel::input, &link, &SessionLink::type);
    connect(&model, &TerminalModel::sizeChanged, &link, &SessionLink::resize);
    link.resize(model.columns(), model.rows());
    link.start();
}

QString LiveTerminal::shown() const
{
    std::string text;
    for (const auto &line : model.frame().lines) {
        line->appendText(text, 0, line->textEnd());
        text += '\n';
    }
    return QString::fromStdString(text);
}

QString LiveTerminal::everything()
{
    QString text;
    bool isThere = false;
    model.wholeText([&](const QString &whole) {
        text = whole;
        isThere = true;
    });
    (void)eventually([&] { return isThere; }, 10'000);
    return text;
}

bool LiveTerminal::shows(const QString &text, int milliseconds)
{
    return eventually([&] { return shown().contains(text); }, milliseconds);
}

QString LiveTerminal::answerTo(const QByteArray &command)
{
    const QByteArray number = QByteArray::number(++m_answers);
    // The mark is put together by the shell, so that its echo is not taken for the answer.
    type("echo \"[\"" + number + "[$(" + command + ")]" + number + "\"]\"\r");
    const QString begin = u"["_s + QString::fromLatin1(number) + u"["_s;
    const QString end = u"]"_s + QString::fromLatin1(number) + u"]"_s;
    if (!eventually([&] { return shown().contains(begin) && shown().contains(end); }, 15'000))
        return u"no answer: "_s + shown();
    const QString all = shown();
    const qsizetype from = all.lastIndexOf(begin) + begin.size();
    return all.mid(from, all.indexOf(end, from) - from);
}

}
