#include "tests/support/answer_cutter.h"

namespace fb::test {

AnswerCutter::AnswerCutter(quint16 enginePort) : m_enginePort(enginePort)
{
    if (!listen(QHostAddress::LocalHost))
        qFatal("no port to listen on");
    connect(this, &QTcpServer::newConnection, this, &AnswerCutter::take);
}

QString AnswerCutter::url() const { return QStringLiteral("wss://127.0.0.1:%1/agent/v1").arg(serverPort()); }

void AnswerCutter::take()
{
    auto line = std::make_unique<Line>();
    line->agent.reset(nextPendingConnection());
    line->agent->setParent(nullptr);
    line->engine = std::make_unique<QTcpSocket>();
    line->engine->connectToHost(QHostAddress::LocalHost, m_enginePort);
    Line &kept = *m_lines.emplace_back(std::move(line));
    connect(kept.agent.get(), &QTcpSocket::readyRead, this, [this, &kept] { forward(kept); });
    connect(kept.engine.get(), &QTcpSocket::connected, this, [this, &kept] { forward(kept); });
    connect(kept.engine.get(), &QTcpSocket::readyRead, this, [this, &kept] { forward(kept); });
    connect(kept.agent.get(), &QTcpSocket::disconnected, kept.engine.get(), &QTcpSocket::disconnectFromHost);
    connect(kept.engine.get(), &QTcpSocket::disconnected, kept.agent.get(), &QTcpSocket::disconnectFromHost);
}

void AnswerCutter::forward(Line &line)
{
    if (line.engine->state() != QAbstractSocket::ConnectedState)
        return; // it comes here again
    if (const QByteArray request = line.agent->readAll(); !request.isEmpty()) {
        ++line.requests;
        line.engine->write(request);
    }
    const QByteArray answer = line.engine->readAll();
    // The first piece of the agent is its hello, what follows is the request.
    if (m_withholds && line.requests > 1)
        m_withheld += answer.size();
    else
        line.agent->write(answer);
}

void AnswerCutter::cut()
{
    m_withholds = false;
    for (const auto &line : m_lines)
        line->agent->abort();
}

}
