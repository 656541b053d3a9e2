#pragma once
// Stands between an agent and the engine: lets a TLS handshake and a request through, withholds the answer, and cuts the line when told to.
// After that it lets everything through.

#include <QTcpServer>
#include <QTcpSocket>

#include <memory>
#include <vector>

namespace fb::test {

class AnswerCutter : public QTcpServer
{
public:
    explicit AnswerCutter(quint16 enginePort);

    QString url() const; // of the engine, by way of this
    void cut();
    qint64 withheld() const { return m_withheld; } // bytes of the engine that never arrived

private:
    struct Line {
        std::unique_ptr<QTcpSocket> agent;
        std::unique_ptr<QTcpSocket> engine;
        int requests = 0; // pieces that the agent has sent
    };
    void take();
    void forward(Line &line);

    quint16 m_enginePort;
    bool m_withholds = true;
    qint64 m_withheld = 0;
    std::vector<std::unique_ptr<Line>> m_lines;
};

}
