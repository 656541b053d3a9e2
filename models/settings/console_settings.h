#pragma once
// What an operator chose for the console on this machine: look, language, keys, layout, what it may ask and tell (ux.md 1, 9, 10, 11). Each
// change is in the file at once, so that a crash forgets nothing; a value out of its bounds is read as its default. Ui thread.

#include "models/settings/saved_view.h"

#include <QHash>
#include <QObject>
#include <QStringList>
#include <QTime>
#include <QVariant>

#include <memory>

class QSettings;

namespace fb {

// What a notification is about; each may be shown on the desktop or not.
enum class NoticeKind { RunEnded, NodeLost, Activation, Export, Problem };

class ConsoleSettings : public QObject
{
    Q_OBJECT
public:
    // `file`: an INI file, made when something is kept; empty: nothing outlives this object.
    explicit ConsoleSettings(const QString &file = {}, QObject *parent = nullptr);
    ~ConsoleSettings() override;

    QString language() const { return text(QStringLiteral("language")); } // "en", "ja"; empty: the system's
    void setLanguage(const QString &code) { set(QStringLiteral("language"), code); }
    // "system", "light", "dark", "high-contrast"
    QString theme() const;
    void setTheme(const QString &name) { set(QStringLiteral("theme"), name); }
    int textPixels() const; // 11 to 26; 0: as the system
    void setTextPixels(int pixels) { set(QStringLiteral("textSize"), pixels); }
    bool reducedMotion() const { return flag(QStringLiteral("reducedMotion"), false); }
    void setReducedMotion(bool reduced) { set(QStringLiteral("reducedMotion"), reduced); }

    // Acting on more nodes than this asks for their number to be typed (ux.md 8).
    int confirmAbove() const;
    void setConfirmAbove(int nodes) { set(QStringLiteral("confirmAbove"), nodes); }

    // Lines that a session's terminal keeps above its screen; sessions that are opened from then on.
    int scrollbackLines() const;
    void setScrollbackLines(int lines) { set(QStringLiteral("scrollbackLines"), lines); }

    bool tellsOnDesktop(NoticeKind kind) const;
    void setTellsOnDesktop(NoticeKind kind, bool tells);
    // Nothing is told on the desktop from `from` to `to`, past midnight too; the same: no quiet hours.
    QTime quietFrom() const { return time(QStringLiteral("quietFrom")); }
    QTime quietTo() const { return time(QStringLiteral("quietTo")); }
    void setQuietHours(QTime from, QTime to);
    bool isQuiet(QTime now) const;

    // Of a command by its object name; none: the command's own. An empty text: no key at all.
    std::optional<QString> shortcut(const QString &command) const;
    void setShortcut(const QString &command, const QString &portableText);
    void resetShortcut(const QString &command);

    QStringList foldedGroups() const { return list(QStringLiteral("foldedGroups")); }
    void setFoldedGroups(const QStringList &groups) { set(QStringLiteral("foldedGroups"), groups); }
    bool sidebarShown() const { return flag(QStringLiteral("sidebar"), true); }
    void setSidebarShown(bool shown) { set(QStringLiteral("sidebar"), shown); }
    QStringList recent() const { return list(QStringLiteral("recent")); } // of the palette, newest first
    void setRecent(const QStringList &keys) { set(QStringLiteral("recent"), keys); }

    // Where the agents of a demo fleet dial in: they know no other place. 0: it was never started.
    int demoPort() const { return bounded(QStringLiteral("demoPort"), 0, 65535, 0); }
    void setDemoPort(int port) { set(QStringLiteral("demoPort"), port); }

    // Operators sign in at this console: its window waits until the engine knows. And whether the keychain holds the sign-in of this machine.
    bool asksToSignIn() const { return flag(QStringLiteral("asksToSignIn"), false); }
    void setAsksToSignIn(bool asks) { set(QStringLiteral("asksToSignIn"), asks); }
    bool staysSignedIn() const { return flag(QStringLiteral("staysSignedIn"), false); }
    void setStaysSignedIn(bool stays) { set(QStringLiteral("staysSignedIn"), stays); }
    QString signInName() const { return text(QStringLiteral("signInName")); } // who signed in last
    void setSignInName(const QString &name) { set(QStringLiteral("signInName"), name); }

    QStringList stepsDone() const { return list(QStringLiteral("stepsDone")); } // of the first day
    void setStepsDone(const QStringList &names) { set(QStringLiteral("stepsDone"), names); }
    bool stepsPutAway() const { return flag(QStringLiteral("stepsPutAway"), false); }
    void setStepsPutAway(bool away) { set(QStringLiteral("stepsPutAway"), away); }

    QString address() const { return text(QStringLiteral("address")); } // of the page shown last
    void setAddress(const QString &address) { set(QStringLiteral("address"), address); }
    QByteArray geometry() const { return m_values.value(QStringLiteral("geometry")).toByteArray(); }
    void setGeometry(const QByteArray &geometry) { set(QStringLiteral("geometry"), geometry); }
    QList<SavedView> views(const QString &table) const; // in the order they were saved
    void setViews(const QString &table, const QList<SavedView> &views);
    // The sessions that were open, as the desk writes them.
    QByteArray sessionDesk() const { return m_values.value(QStringLiteral("sessionDesk")).toByteArray(); }
    void setSessionDesk(const QByteArray &desk) { set(QStringLiteral("sessionDesk"), desk); }
    // The tunnels that are kept open, as TunnelsFeed writes them.
    QByteArray keptTunnels() const { return m_values.value(QStringLiteral("keptTunnels")).toByteArray(); }
    void setKeptTunnels(const QByteArray &tunnels) { set(QStringLiteral("keptTunnels"), tunnels); }
    // Splitters and columns by "page/part"; empty: as the page is made.
    QByteArray layout(const QString &part) const;
    void setLayout(const QString &part, const QByteArray &state);
    void resetLayout(); // and the sidebar's

    static constexpr int kSmallestText = 11; // 8 pt
    static constexpr int kLargestText = 26; // 20 pt
    static constexpr int kConfirmAbove = 100;
    static constexpr int kMostConfirmAbove = 100'000;
    static constexpr int kScrollback = 10'000;
    static constexpr int kMostScrollback = 1'000'000;

signals:
    void changed(const QString &key);
    void layoutReset(); // what is shown has to be made anew

private:
    void set(const QString &key, const QVariant &value);
    void forget(const QString &key);
    QString text(const QString &key) const { return m_values.value(key).toString(); }
    QStringList list(const QString &key) const { return m_values.value(key).toStringList(); }
    bool flag(const QString &key, bool otherwise) const { return m_values.value(key, otherwise).toBool(); }
    QTime time(const QString &key) const;
    int bounded(const QString &key, int least, int most, int otherwise) const;

    std::unique_ptr<QSettings> m_file;
    QHash<QString, QVariant> m_values;
};

}
