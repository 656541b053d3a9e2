#pragma once
// One program a folder of tests: each class registers itself with FB_TEST, and the program runs those named on its command line
// ("rate_control tst_x_function") or all of them.

#include <QObject>

#include <functional>
#include <memory>

namespace fb::test {

// `file` is __FILE__ of tst_<name>.cpp: <name> selects the class.
void addTestClass(const char *file, std::function<std::unique_ptr<QObject>()> make);

struct TestClassAdder {
    TestClassAdder(const char *file, std::function<std::unique_ptr<QObject>()> make)
    {
        addTestClass(file, std::move(make));
    }
};

}

#define FB_TEST(Class)                                                                                       \
    static const fb::test::TestClassAdder kAdd##Class(                                                       \
        __FILE__, [] { return std::unique_ptr<QObject>(std::make_unique<Class>()); });
