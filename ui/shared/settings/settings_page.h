#pragma once
// What the operator may choose about this console (ux.md 9, 10, 11). Each choice works and is kept at once; there is nothing to save. Ui
// thread.

#include "ui/widgets/page.h"

#include <QList>
#include <QPair>

class QComboBox;
class QVBoxLayout;

namespace fb {

class ConsoleSettings;

struct SettingsPageSetup {
    QList<QPair<QString, QString>> languages; // code, own name
    QList<QPair<QString, QString>> facts; // about this console: label, value
    std::function<void()> openShortcuts;
    std::function<void()> resetLayout;
    std::function<void()> changeStore;
    std::function<void()> openHeadless;
    std::function<void()> backUpKey; // empty: the key is not in the keychain
};

class SettingsPage : public Page
{
    Q_OBJECT
public:
    SettingsPage(ConsoleSettings &settings, SettingsPageSetup setup, QWidget *parent = nullptr);

private:
    QWidget *makeLook();
    QWidget *makeAsking();
    QWidget *makeSessions();
    QWidget *makeNotices();
    QWidget *makeKeys();
    QWidget *makeFacts();
    QWidget *makeQuietHours();

    ConsoleSettings &m_settings;
    SettingsPageSetup m_setup;
};

}
