#include "app/console/look.h"

#include "models/settings/console_settings.h"
#include "ui/theme/flagbridge_style.h"
#include "ui/theme/fonts.h"

#include <QApplication>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const QList<QPair<QString, SchemeChoice>> kSchemes {{u"system"_s, SchemeChoice::System},
                                                        {u"light"_s, SchemeChoice::Light},
                                                        {u"dark"_s, SchemeChoice::Dark},
                                                        {u"high-contrast"_s, SchemeChoice::HighContrast}};
}

SchemeChoice schemeChoiceNamed(const QString &name)
{
    for (const auto &[known, scheme] : kSchemes) {
        if (known == name)
            return scheme;
    }
    return SchemeChoice::System;
}

QString nameOf(SchemeChoice choice)
{
    for (const auto &[name, scheme] : kSchemes) {
        if (scheme == choice)
            return name;
    }
    return {};
}

void applyLook(const ConsoleSettings &settings, Scheme ofSystem)
{
    const SchemeChoice choice = schemeChoiceNamed(settings.theme());
    const Scheme scheme = choice == SchemeChoice::System ? ofSystem
        : choice == SchemeChoice::HighContrast           ? Scheme::HighContrast
        : choice == SchemeChoice::Dark                   ? Scheme::Dark
                                                         : Scheme::Light;
    auto *style = qobject_cast<FlagbridgeStyle *>(QApplication::style());
    if (!style)
        return;
    const QFont font = interfaceFont(settings.textPixels());
    style->setReducedMotion(settings.reducedMotion());
    if (style->theme().scheme() == scheme && style->theme().interfaceFont() == font)
        return;
    QApplication::setFont(font);
    style->setTheme(Theme(scheme, font));
}

}
