#include "app/console/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace fb {

using namespace Qt::StringLiterals;

Language::~Language()
{
    QCoreApplication::removeTranslator(&m_own);
    QCoreApplication::removeTranslator(&m_qt);
}

QStringList Language::known() { return {u"en"_s, u"ja"_s}; }

QString Language::nameOf(const QString &code) { return code == u"ja" ? u"日本語"_s : u"English"_s; }

QString Language::ofSystem()
{
    const QString code = QLocale::system().name().section(u'_', 0, 0);
    return known().contains(code) ? code : u"en"_s;
}

void Language::use(const QString &code)
{
    QCoreApplication::removeTranslator(&m_own);
    QCoreApplication::removeTranslator(&m_qt);
    m_current = known().contains(code) ? code : ofSystem();
    // English too comes from a file: it holds the plural forms.
    if (m_own.load(u":/i18n/flagbridge_%1.qm"_s.arg(m_current)))
        QCoreApplication::installTranslator(&m_own);
    if (m_current != u"en"
        && m_qt.load(u"qtbase_%1"_s.arg(m_current), QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qt);
    // Dates and numbers follow the system where it speaks this language, else the language's own customs.
    QLocale::setDefault(QLocale::system().name().startsWith(m_current) ? QLocale::system()
                                                                       : QLocale(m_current));
}

}
