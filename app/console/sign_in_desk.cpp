#include "app/console/sign_in_desk.h"

#include <QCoreApplication>

namespace fb {

SignInDesk::SignInDesk(EngineThread &engine, const Setup &setup, QObject *parent)
    : QObject(parent),
      m_feed(engine, setup.keychain),
      m_model(m_feed),
      m_settings(setup.settingsFile),
      m_store(setup.store)
{
    m_model.setLastName(m_settings.signInName());
    if (isExpected())
        m_model.setStarting();
    connect(&m_model, &SignInViewModel::stageChanged, this, &SignInDesk::onStage);
    connect(&m_feed, &SignInFeed::staysChanged, this,
            [this](bool stays) { m_settings.setStaysSignedIn(stays); });
    connect(&m_watch, &UseWatch::used, &m_model, &SignInViewModel::used);
}

SignInDesk::~SignInDesk() = default;

bool SignInDesk::isExpected() const { return m_settings.asksToSignIn(); }

void SignInDesk::begin(const EngineInfo &info)
{
    m_feed.start(info, info.asksToSignIn && m_settings.staysSignedIn(),
                 [this, info](const SignInAnswer &answer) {
                     m_settings.setAsksToSignIn(info.asksToSignIn);
                     if (!info.asksToSignIn) {
                         m_isSeated = true;
                         m_model.setOpen();
                         emit seated();
                     } else if (answer.state == SignInAnswer::State::SignedIn) {
                         m_model.setSignedIn(answer.who);
                     } else {
                         m_model.ask(SignOutCause::None, answer.notKept);
                         onStage();
                     }
                 });
}

void SignInDesk::onStage()
{
    switch (m_model.stage()) {
    case SignInViewModel::Stage::SignedIn:
        if (std::exchange(m_wasLocked, false))
            return emit lockedChanged(false);
        m_isSeated = true;
        m_settings.setAsksToSignIn(true);
        m_settings.setSignInName(m_model.who().name);
        return emit seated();
    case SignInViewModel::Stage::Locked:
        m_wasLocked = true;
        return emit lockedChanged(true);
    case SignInViewModel::Stage::Password:
        m_wasLocked = false;
        if (m_isSeated || !m_window || !m_window->isVisible()) {
            m_isSeated = false;
            m_settings.setAsksToSignIn(true);
            emit left();
        }
        return;
    case SignInViewModel::Stage::Open:
    case SignInViewModel::Stage::Starting:
    case SignInViewModel::Stage::Code:
        break;
    }
}

SignInWindow &SignInDesk::window()
{
    if (!m_window) {
        m_window = std::make_unique<SignInWindow>(m_model, m_store);
        connect(m_window.get(), &SignInWindow::quitClicked, QCoreApplication::instance(),
                &QCoreApplication::quit, Qt::QueuedConnection);
    }
    return *m_window;
}

void SignInDesk::showWindow()
{
    window().show();
    window().raise();
    window().activateWindow();
}

void SignInDesk::hideWindow()
{
    if (!m_window)
        return;
    m_window->hide();
    m_window.release()->deleteLater(); // its own signal may still be running
}

}
