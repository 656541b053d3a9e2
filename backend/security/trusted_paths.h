#pragma once
// Keeps Qt and the libraries under it from loading code and data that somebody else can put in place (security case U10): plugins, styles,
// platform and icon themes, fonts, TLS modules. A path is trusted when it is absolute and nobody but root, this user and the program's owner
// can change what lies there, from the file up to the root. For main(), before the application object and before any thread.

#include <QString>
#include <QStringList>

#include <optional>

namespace fb {

class TrustedPaths
{
public:
    struct Findings {
        QStringList ignored; // a sentence each: what the environment asked for and does not get
        QString refusal; // why the program must not start; empty: it may
    };
    // Takes untrusted entries out of the environment. What the loader has used by then (LD_LIBRARY_PATH) and the folders that Qt always
    // looks in cannot be taken back: there the program must not start.
    static Findings enforce(const QStringList &arguments);
    // The same for main(): says it on standard error. False: end with 2.
    static bool keepTo(const char *program, int argc, char **argv);

    // Why not; nothing: it is trusted.
    static std::optional<QString> problemWith(const QString &path);
    // The same, and of what Qt looks at in a folder of plugins: its subfolders and their files.
    static std::optional<QString> problemWithPlugins(const QString &folder);
    static QStringList only(const QStringList &paths); // the trusted ones
};

}
