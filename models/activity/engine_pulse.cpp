#include "models/activity/engine_pulse.h"

#include <QPointer>

namespace fb {

EnginePulse::EnginePulse(Ask ask, QObject *parent) : QObject(parent), m_ask(std::move(ask))
{
    m_second.setInterval(std::chrono::seconds(1));
    connect(&m_second, &QTimer::timeout, this, &EnginePulse::beat);
}

void EnginePulse::start()
{
    m_asOf = SystemClock().now();
    m_second.start();
    beat();
}

int EnginePulse::silentSeconds() const { return m_waiting ? static_cast<int>(m_asked.elapsed() / 1000) : 0; }

void EnginePulse::beat()
{
    if (m_waiting) {
        const qint64 waited = m_asked.elapsed();
        if (waited >= kBusyMs)
            setState(waited >= kSilentMs ? State::Silent : State::Busy);
        return;
    }
    m_waiting = true;
    m_asked.start();
    m_ask([self = QPointer<EnginePulse>(this)] {
        if (!self)
            return;
        self->m_waiting = false;
        self->m_asOf = SystemClock().now();
        self->setState(State::Answering);
    });
}

void EnginePulse::setState(State state)
{
    const bool same = state == State::Answering && m_state == State::Answering;
    m_state = state;
    if (!same)
        emit changed();
}

}
