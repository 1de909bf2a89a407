@echo off
rem Starts Salvor from the folder this file lies in, with JAVA_HOME or else the newest installed Java of 21 or later.
setlocal EnableExtensions DisableDelayedExpansion
for %%I in ("%~dp0..") do set "HOME_DIR=%%~fI"
set "JAVA_EXE="
set "BEST=20"
if defined JAVA_HOME call :consider "%JAVA_HOME%"
if defined JAVA_EXE goto run
for %%V in ("Java" "Eclipse Adoptium" "Eclipse Foundation" "Microsoft" "Zulu" "BellSoft" "Amazon Corretto" "Semeru") do (
  for /d %%D in ("%ProgramFiles%\%%~V\*") do call :consider "%%~fD"
  for /d %%D in ("%LOCALAPPDATA%\Programs\%%~V\*") do call :consider "%%~fD"
)
for /d %%D in ("%USERPROFILE%\.jdks\*") do call :consider "%%~fD"
for /f "delims=" %%J in ('where java.exe 2^>nul') do for %%K in ("%%~dpJ..") do call :consider "%%~fK"
if defined JAVA_EXE goto run
echo Salvor needs Java 21 or later. Install one, for example Eclipse Temurin 21, or name its folder in JAVA_HOME. 1>&2
exit /b 70

:run
"%JAVA_EXE%" --module-path "%HOME_DIR%\lib\javafx-win" --add-modules javafx.controls ^
  --add-exports=javafx.base/com.sun.javafx.event=ALL-UNNAMED ^
  --add-opens=javafx.graphics/javafx.scene=ALL-UNNAMED ^
  --add-opens=javafx.controls/javafx.scene.control.skin=ALL-UNNAMED ^
  --enable-native-access=ALL-UNNAMED,javafx.graphics ^
  -XX:+IgnoreUnrecognizedVMOptions --sun-misc-unsafe-memory-access=allow ^
  "-Djna.boot.library.path=%HOME_DIR%\lib\native\com\sun\jna\win32-x86-64" ^
  -Xmx2g -cp "%HOME_DIR%\lib\*" org.salvor.app.Launcher %*
exit /b %ERRORLEVEL%

rem takes the Java in folder %1 if it is newer than the best so far
:consider
if not exist "%~1\bin\java.exe" exit /b 0
if not exist "%~1\release" exit /b 0
set "FOUND="
for /f "tokens=2 delims==" %%R in ('findstr /b "JAVA_VERSION=" "%~1\release"') do for /f "delims=.+-_ " %%N in ("%%~R") do set "FOUND=%%N"
if not defined FOUND exit /b 0
if %FOUND% GTR %BEST% (
  set "BEST=%FOUND%"
  set "JAVA_EXE=%~1\bin\java.exe"
)
exit /b 0
