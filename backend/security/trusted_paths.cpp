#include "backend/security/trusted_paths.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QLibraryInfo>

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    // Where Qt 6.4 and what it loads look for code, or for files that name code.
    constexpr const char *kPathLists[] = {"QT_PLUGIN_PATH",
                                          "QT_QPA_PLATFORM_PLUGIN_PATH",
                                          "QT_QPA_FONTDIR",
                                          "QML_IMPORT_PATH",
                                          "QML2_IMPORT_PATH",
                                          "FONTCONFIG_FILE",
                                          "FONTCONFIG_PATH",
                                          "FONTCONFIG_SYSROOT",
                                          "XDG_DATA_DIRS",
                                          "XDG_CONFIG_DIRS",
                                          "XCURSOR_PATH",
                                          "XLOCALEDIR",
                                          "GTK_PATH",
                                          "GTK_MODULES",
                                          "GTK3_MODULES",
                                          "GTK_EXE_PREFIX",
                                          "GTK_DATA_PREFIX",
                                          "GTK_IM_MODULE_FILE",
                                          "GDK_PIXBUF_MODULE_FILE",
                                          "GDK_PIXBUF_MODULEDIR",
                                          "GIO_MODULE_DIR",
                                          "GIO_EXTRA_MODULES",
                                          "GCONV_PATH",
                                          "LOCPATH",
                                          "OPENSSL_CONF",
                                          "OPENSSL_MODULES",
                                          "OPENSSL_ENGINES",
                                          "LIBGL_DRIVERS_PATH",
                                          "GBM_BACKENDS_PATH",
                                          "LIBVA_DRIVERS_PATH",
                                          "__EGL_VENDOR_LIBRARY_DIRS",
                                          "__EGL_VENDOR_LIBRARY_FILENAMES",
                                          "VK_DRIVER_FILES",
                                          "VK_ICD_FILENAMES",
                                          "VK_LAYER_PATH"};
    constexpr const char *kNamesOrPaths[] = {"GTK_MODULES", "GTK3_MODULES"}; // "name" is one of the system's
    constexpr const char *kLoader[] = {"LD_LIBRARY_PATH", "LD_PRELOAD", "LD_AUDIT"};
    constexpr const char *kPluginFolders[] = {"QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH"};

    template <size_t Count>
    bool isOneOf(const char *name, const char *const (&names)[Count])
    {
        return std::any_of(std::begin(names), std::end(names),
                           [name](const char *each) { return std::strcmp(each, name) == 0; });
    }

    bool ownerIsTrusted(uid_t owner)
    {
        static const auto ownerOf = [](const char *path) {
            struct stat found {
            };
            return ::stat(path, &found) == 0 ? found.st_uid : 0;
        };
        // The owner of "/" is the system, also where a user namespace calls it otherwise.
        static const uid_t system = ownerOf("/");
        static const uid_t program = ownerOf("/proc/self/exe");
        return owner == 0 || owner == ::geteuid() || owner == system || owner == program;
    }

    // Groups that give nobody else a hand: root's, the one that Debian makes for each user under the same name, and staff, which /usr/local
    // belongs to there, as long as nobody is in it.
    bool isOwnGroup(gid_t group)
    {
        if (group == 0)
            return true;
        const struct passwd *user = ::getpwuid(::geteuid());
        const struct group *found = ::getgrgid(group);
        if (!found)
            return false;
        const bool isOfUser = user && std::strcmp(user->pw_name, found->gr_name) == 0;
        if (!isOfUser && std::strcmp(found->gr_name, "staff") != 0)
            return false;
        for (char **member = found->gr_mem; *member; ++member) {
            if (!user || std::strcmp(*member, user->pw_name) != 0)
                return false;
        }
        return true;
    }

    enum class Place { Itself, Above };

    std::optional<QString> problemOf(const QString &path, Place place)
    {
        struct stat found {
        };
        if (::stat(QFile::encodeName(path).constData(), &found) != 0)
            return u"%1 cannot be looked at"_s.arg(path);
        if (!ownerIsTrusted(found.st_uid))
            return u"%1 belongs to another user"_s.arg(path);
        // What we own in a folder like /tmp nobody else can rename; but anybody can put something beside it.
        const bool sticky = place == Place::Above && (found.st_mode & S_ISVTX);
        if (sticky)
            return std::nullopt;
        if ((found.st_mode & S_IWOTH) || ((found.st_mode & S_IWGRP) && !isOwnGroup(found.st_gid)))
            return u"%1 can be written by others"_s.arg(path);
        return std::nullopt;
    }

    QString nearestThatIs(QString path)
    {
        while (path != u"/" && !QFileInfo::exists(path))
            path = QFileInfo(path).path();
        return QFileInfo(path).canonicalFilePath();
    }

    QString programFolder() { return QFileInfo(QFileInfo(u"/proc/self/exe"_s).symLinkTarget()).path(); }

    // Entries of one variable: those that stay, and what is said of the others.
    QStringList sifted(const char *name, TrustedPaths::Findings &findings)
    {
        QStringList kept;
        const QStringList entries = qEnvironmentVariable(name).split(u':');
        for (const QString &entry : entries) {
            if (entry.isEmpty())
                continue; // Qt and the loader read it as the current folder
            if (isOneOf(name, kNamesOrPaths) && !entry.contains(u'/')) {
                kept << entry;
                continue;
            }
            const auto problem = isOneOf(name, kPluginFolders) ? TrustedPaths::problemWithPlugins(entry)
                                                               : TrustedPaths::problemWith(entry);
            if (problem)
                findings.ignored << u"%1: %2"_s.arg(QLatin1StringView(name), *problem);
            else
                kept << entry;
        }
        return kept;
    }

    void checkLoader(TrustedPaths::Findings &findings)
    {
        for (const char *name : kLoader) {
            if (qEnvironmentVariableIsEmpty(name))
                continue;
            const bool isPath = std::strcmp(name, "LD_LIBRARY_PATH") == 0;
            QStringList entries = qEnvironmentVariable(name).replace(u';', u':').split(u':');
            if (!isPath)
                entries = entries.join(u' ').split(u' ', Qt::SkipEmptyParts);
            for (const QString &entry : std::as_const(entries)) {
                if (!isPath && !entry.contains(u'/'))
                    continue; // by name, from the system's folders
                const auto problem = entry.isEmpty() ? u"an empty entry means the current folder"_s
                                                     : TrustedPaths::problemWith(entry);
                if (problem)
                    findings.refusal = u"%1: %2"_s.arg(QLatin1StringView(name), *problem);
            }
        }
    }
}

std::optional<QString> TrustedPaths::problemWith(const QString &path)
{
    if (!QDir::isAbsolutePath(path))
        return u"%1 is relative"_s.arg(path);
    QString at = nearestThatIs(QDir::cleanPath(path));
    Place place = Place::Itself;
    while (true) {
        if (auto problem = problemOf(at, place))
            return problem;
        if (at == u"/")
            return std::nullopt;
        at = QFileInfo(at).path();
        place = Place::Above;
    }
}

std::optional<QString> TrustedPaths::problemWithPlugins(const QString &folder)
{
    if (auto problem = problemWith(folder))
        return problem;
    const QFileInfoList subfolders
        = QDir(folder).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::Hidden);
    for (const QFileInfo &subfolder : subfolders) {
        if (auto problem = problemWith(subfolder.filePath()))
            return problem;
        QDirIterator files(subfolder.filePath(), {u"*.so"_s, u"*.so.*"_s}, QDir::Files | QDir::Hidden);
        while (files.hasNext()) {
            if (auto problem = problemWith(files.next()))
                return problem;
        }
    }
    return std::nullopt;
}

QStringList TrustedPaths::only(const QStringList &paths)
{
    QStringList trusted;
    for (const QString &path : paths) {
        if (path.startsWith(u':') || !problemWith(path)) // ":" is inside the program
            trusted << path;
    }
    return trusted;
}

TrustedPaths::Findings TrustedPaths::enforce(const QStringList &arguments)
{
    Findings findings;
    for (const char *name : kPathLists) {
        if (!qEnvironmentVariableIsSet(name))
            continue;
        const QString before = qEnvironmentVariable(name);
        const QStringList kept = sifted(name, findings);
        if (kept.isEmpty())
            qunsetenv(name);
        else if (kept.join(u':') != before)
            qputenv(name, QFile::encodeName(kept.join(u':')));
    }
    checkLoader(findings);
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString name = arguments[i].section(u'=', 0, 0);
        if (name != u"-platformpluginpath" && name != u"--platformpluginpath")
            continue;
        const QString folder
            = arguments[i].contains(u'=') ? arguments[i].section(u'=', 1) : arguments.value(i + 1);
        if (const auto problem = problemWithPlugins(folder))
            findings.refusal = u"-platformpluginpath: %1"_s.arg(*problem);
    }
    // Qt looks in both, whatever it is told.
    for (const QString &folder : {QLibraryInfo::path(QLibraryInfo::PluginsPath), programFolder()}) {
        if (const auto problem = problemWithPlugins(folder))
            findings.refusal = u"Qt would load plugins from there: %1"_s.arg(*problem);
    }
    return findings;
}

bool TrustedPaths::keepTo(const char *program, int argc, char **argv)
{
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments << QFile::decodeName(argv[i]);
    const Findings findings = enforce(arguments);
    for (const QString &ignored : findings.ignored)
        std::fprintf(stderr, "%s: ignored, for it is not safe: %s\n", program, qPrintable(ignored));
    if (findings.refusal.isEmpty())
        return true;
    std::fprintf(stderr, "%s: not started: %s\n", program, qPrintable(findings.refusal));
    return false;
}

}
