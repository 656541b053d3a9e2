#pragma once
// The console's language: English from the sources, Japanese from the packed translation; switchable while it runs. Ui thread.

#include <QString>
#include <QTranslator>

namespace fb {

class Language
{
public:
    ~Language();

    static QStringList known(); // "en", "ja"
    static QString nameOf(const QString &code); // in itself: "English", "日本語"
    static QString ofSystem();

    // "en", "ja"; another or empty: the system's. Windows built before keep their words; build them again.
    void use(const QString &code);
    QString current() const { return m_current; }

private:
    QString m_current;
    QTranslator m_own;
    QTranslator m_qt; // Qt's own words: menus of text fields
};

}
